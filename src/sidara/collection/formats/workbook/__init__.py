"""The workbook of a form: written for a village or a kecamatan, read back, its faults marked."""

from sidara.collection.formats.workbook.writer import write

__all__ = ["write"]
