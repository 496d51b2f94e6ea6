"""Records in and out as a folder of CSV files and articles."""

from crm_store.transfer.exporting import export_folder
from crm_store.transfer.importing import import_folder
from crm_store.transfer.report import ImportProblem, ImportReport
from crm_store.transfer.shifting import whole_weeks

__all__ = ["ImportProblem", "ImportReport", "export_folder", "import_folder", "whole_weeks"]
