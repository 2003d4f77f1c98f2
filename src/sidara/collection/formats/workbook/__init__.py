"""The workbook of a form: written for a village or a kecamatan, read back, its faults marked."""

from sidara.collection.formats.workbook.reader import is_ours, open_book, read
from sidara.collection.formats.workbook.writer import write

__all__ = ["is_ours", "open_book", "read", "write"]
