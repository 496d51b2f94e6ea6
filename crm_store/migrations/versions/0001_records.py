"""The business records."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _record(name: str, *columns: sa.Column) -> None:  # type: ignore[type-arg]
    """A table with what every record has."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        *columns,
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False, index=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT),
        sa.Column("custom", sa.JSON, nullable=False),
    )


def upgrade() -> None:
    _record(
        "article",
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("visibility", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("updated_on", sa.Date),
    )
    _record(
        "campaign",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("cost", sa.BigInteger),
        sa.Column("currency", sa.String(3), nullable=False),
    )
    _record(
        "product",
        sa.Column("sku", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("alias", sa.Text),
        sa.Column("unit_price", sa.BigInteger),
        sa.Column("unit", sa.Text),
        sa.Column("stock", sa.Integer),
    )
    _record(
        "user",
        sa.Column("login", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("alias", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("team", sa.Text),
        sa.Column("manager_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
    )
    _record(
        "account",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("aliases", sa.Text, nullable=False),
        sa.Column("industry", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("tier", sa.String(32)),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("website", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("address", sa.Text),
    )
    _record(
        "approval",
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("requester_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
        sa.Column("approver_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
        sa.Column("reason", sa.Text),
    )
    _record(
        "lead",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("company", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("source", sa.String(32)),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
    )
    _record(
        "contact",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("title", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
    )
    _record(
        "customer_login",
        sa.Column("login", sa.Text, nullable=False, unique=True),
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id"), nullable=False, index=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), nullable=False, index=True),
    )
    _record(
        "opportunity",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id"), index=True),
        sa.Column("amount", sa.BigInteger),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False, index=True),
        sa.Column("probability", sa.Integer),
        sa.Column("close_date", sa.Date, index=True),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
        sa.Column("next_step", sa.Text),
        sa.Column("lost_reason", sa.Text),
        sa.Column("source", sa.String(32)),
    )
    _record(
        "ticket",
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("category", sa.Text),
        sa.Column("product_id", sa.Integer, sa.ForeignKey("product.id"), index=True),
        sa.Column("priority", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False, index=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id"), index=True),
        sa.Column("assignee_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
        sa.Column("first_response_at", MOMENT),
        sa.Column("resolved_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("resolution", sa.Text),
        sa.Column("satisfaction", sa.Integer),
    )
    _record(
        "activity",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id"), index=True),
        sa.Column("opportunity_id", sa.Integer, sa.ForeignKey("opportunity.id"), index=True),
        sa.Column("content", sa.Text),
        sa.Column("occurred_at", MOMENT, nullable=False, index=True),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
    )
    _record(
        "comment",
        sa.Column("ticket_id", sa.Integer, sa.ForeignKey("ticket.id"), nullable=False, index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("author_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id"), index=True),
        sa.Column("visibility", sa.String(32), nullable=False),
    )
    _record(
        "contract",
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("opportunity_id", sa.Integer, sa.ForeignKey("opportunity.id"), index=True),
        sa.Column("amount", sa.BigInteger),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("signed_on", sa.Date),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
    )
    _record(
        "quote",
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("opportunity_id", sa.Integer, sa.ForeignKey("opportunity.id"), index=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("discount", sa.BigInteger),
        sa.Column("total", sa.BigInteger),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("valid_until", sa.Date),
    )
    _record(
        "task",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("due_at", MOMENT, index=True),
        sa.Column("assignee_id", sa.Integer, sa.ForeignKey("user.id"), index=True),
        sa.Column("status", sa.String(32), nullable=False, index=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("contact_id", sa.Integer, sa.ForeignKey("contact.id"), index=True),
        sa.Column("opportunity_id", sa.Integer, sa.ForeignKey("opportunity.id"), index=True),
        sa.Column("ticket_id", sa.Integer, sa.ForeignKey("ticket.id"), index=True),
    )
    _record(
        "payment",
        sa.Column("contract_id", sa.Integer, sa.ForeignKey("contract.id"), index=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("account.id"), index=True),
        sa.Column("amount", sa.BigInteger),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("due_on", sa.Date, index=True),
        sa.Column("paid_on", sa.Date, index=True),
        sa.Column("status", sa.String(32), nullable=False),
    )
    _record(
        "quote_line",
        sa.Column("quote_id", sa.Integer, sa.ForeignKey("quote.id"), nullable=False, index=True),
        sa.Column("product_id", sa.Integer, sa.ForeignKey("product.id"), nullable=False, index=True),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("unit_price", sa.BigInteger),
        sa.Column("discount", sa.BigInteger),
    )


def downgrade() -> None:
    op.drop_table("quote_line")
    op.drop_table("payment")
    op.drop_table("task")
    op.drop_table("quote")
    op.drop_table("contract")
    op.drop_table("comment")
    op.drop_table("activity")
    op.drop_table("ticket")
    op.drop_table("opportunity")
    op.drop_table("customer_login")
    op.drop_table("contact")
    op.drop_table("lead")
    op.drop_table("approval")
    op.drop_table("account")
    op.drop_table("user")
    op.drop_table("product")
    op.drop_table("campaign")
    op.drop_table("article")
