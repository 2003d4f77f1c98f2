"""XLSForm: a form as a workbook for ODK, KoBo and kin, and back. Source: xlsform.org, sheets and columns."""

from sidara.dictionary.formats.xlsform.reader import Read, read
from sidara.dictionary.formats.xlsform.writer import write

__all__ = ["Read", "read", "write"]
