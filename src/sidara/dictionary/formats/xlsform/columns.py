"""What reader and writer share: the columns of the sheets and the types of questions."""

from collections.abc import Mapping

from sidara.dictionary.core.words import Type

OURS = "sidara_"
"""Columns of ours begin so; other programs pass over them. They carry what XLSForm cannot hold."""
SURVEY = (
    *("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message"),
    *("calculation", "appearance", "read_only"),
)
KEPT = "sidara_entry"
"""The column with the whole entry as JSON, on its first row."""
CHOICES = ("list_name", "name", "label")
YES_NO = "ya_tidak"
TYPES: Mapping[Type, str] = {
    Type.WHOLE: "integer",
    Type.MONEY: "integer",
    Type.DECIMAL: "decimal",
    Type.PERCENT: "decimal",
    Type.YES_NO: f"select_one {YES_NO}",
    Type.CHOICE: "select_one",
    Type.CHOICES: "select_multiple",
    Type.TEXT: "text",
    Type.DATE: "date",
    Type.POINT: "geopoint",
    Type.FILE: "file",
}
BACK: Mapping[str, Type] = {
    "integer": Type.WHOLE,
    "int": Type.WHOLE,
    "decimal": Type.DECIMAL,
    "text": Type.TEXT,
    "string": Type.TEXT,
    "date": Type.DATE,
    "geopoint": Type.POINT,
    "file": Type.FILE,
    "image": Type.FILE,
    "photo": Type.FILE,
    "select_one": Type.CHOICE,
    "select_multiple": Type.CHOICES,
}
"""Types of XLSForm that have a counterpart."""
