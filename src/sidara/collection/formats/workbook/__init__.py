"""The workbook of a form: written for a village or a kecamatan, read back, its faults marked."""

from sidara.collection.formats.workbook.reader import is_ours, is_xlsform, open_book, read, xlsform_given
from sidara.collection.formats.workbook.writer import write

__all__ = ["is_ours", "is_xlsform", "open_book", "read", "write", "xlsform_given"]
