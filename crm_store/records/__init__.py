"""The record types of the CRM, one file per area; each describes itself to import, export, queries and receipts."""

from crm_store.records.activities import Activity, Task
from crm_store.records.customers import Account, Contact, Lead
from crm_store.records.knowledge import Article
from crm_store.records.marketing import Campaign
from crm_store.records.people import CustomerLogin, User
from crm_store.records.record import Base, Record
from crm_store.records.sales import (
    Approval,
    Contract,
    Opportunity,
    Payment,
    Product,
    Quote,
    QuoteLine,
)
from crm_store.records.service import Comment, Ticket

__all__ = [
    "Account",
    "Activity",
    "Approval",
    "Article",
    "Base",
    "Campaign",
    "Comment",
    "Contact",
    "Contract",
    "CustomerLogin",
    "Lead",
    "Opportunity",
    "Payment",
    "Product",
    "Quote",
    "QuoteLine",
    "Record",
    "Task",
    "Ticket",
    "User",
]
