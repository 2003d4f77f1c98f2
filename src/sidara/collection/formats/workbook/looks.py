"""How a workbook looks: the colours of the screens, quiet lines, boxes to fill in; on paper as on screen."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from sidara.dictionary.core import Column, Type, Variable

ACCENT, ACCENT_PALE, INK, INK_2, LINE, SAND = "#0B5F61", "#E3EFEC", "#1E2522", "#55605A", "#DDD6C8", "#F3EEE4"
INPUT, FAULT, FAULT_PALE = "#FFF8DC", "#A8281C", "#FBEAE6"
_FONT: Mapping[str, Any] = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}


class Looks:
    """The formats of one workbook, made when they are first needed."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        """Take the workbook that owns the formats."""
        self._book = book
        self._inputs: dict[str, Format] = {}

    def _add(self, **more: object) -> Format:
        return self._book.add_format({**_FONT, **more})

    @cached_property
    def title(self) -> Format:
        """The title of a page."""
        return self._add(bold=True, font_size=16, font_color=ACCENT)

    @cached_property
    def under(self) -> Format:
        """The line under a title."""
        return self._add(font_color=INK_2)

    @cached_property
    def head(self) -> Format:
        """The head of a table."""
        return self._add(
            bold=True, bg_color=ACCENT, font_color="#FFFFFF", text_wrap=True, border=1, border_color=LINE
        )

    @cached_property
    def head_2(self) -> Format:
        """The second line of a head: category and unit."""
        return self._add(bg_color=ACCENT_PALE, text_wrap=True, border=1, border_color=LINE, font_size=10)

    @cached_property
    def word(self) -> Format:
        """Words that nobody changes."""
        return self._add(text_wrap=True, border=1, border_color=LINE)

    @cached_property
    def code(self) -> Format:
        """A code or number at the left."""
        return self._add(border=1, border_color=LINE, font_color=INK_2, font_size=10)

    @cached_property
    def part(self) -> Format:
        """The category of a question above."""
        return self._add(text_wrap=True, border=1, border_color=LINE, indent=2)

    @cached_property
    def heading(self) -> Format:
        """A question whose categories follow."""
        return self._add(text_wrap=True, border=1, border_color=LINE, bold=True, bg_color=SAND)

    @cached_property
    def section(self) -> Format:
        """The name of a section above its questions; it may run over the cells beside."""
        return self._add(bold=True, bg_color=SAND, top=1, bottom=1, border_color=LINE)

    @cached_property
    def last(self) -> Format:
        """What stood there the period before."""
        return self._add(border=1, border_color=LINE, font_color=INK_2, italic=True, align="right")

    @cached_property
    def offer(self) -> Format:
        """What other sources offer for a box."""
        return self._add(border=1, border_color=LINE, font_color=INK_2, italic=True, text_wrap=True)

    @cached_property
    def text(self) -> Format:
        """Running words."""
        return self._add(text_wrap=True, valign="top")

    @cached_property
    def strong(self) -> Format:
        """Running words that matter."""
        return self._add(bold=True, valign="top")

    @cached_property
    def link(self) -> Format:
        """A link to another page."""
        return self._add(font_color=ACCENT, underline=1)

    @cached_property
    def faulty(self) -> Format:
        """What a cell looks like while its value cannot be right."""
        return self._book.add_format({"bg_color": FAULT_PALE, "font_color": FAULT, "bold": True})

    @cached_property
    def note(self) -> Format:
        """A box for an explanation."""
        return self._box("@", text_wrap=True)

    def box(self, asked: Variable | Column | None) -> Format:
        """A box that is filled in: figures to the right, days as days, all else as text."""
        name = _number_format(asked)
        if name not in self._inputs:
            aligned = {"align": "left", "text_wrap": True} if name == "@" else {"align": "right"}
            self._inputs[name] = self._box(name, **aligned)
        return self._inputs[name]

    def _box(self, number: str, **more: object) -> Format:
        return self._add(
            bg_color=INPUT, border=1, border_color=INK_2, locked=False, num_format=number, **more
        )


def _number_format(asked: Variable | Column | None) -> str:
    if asked is None or not (asked.is_number or asked.type is Type.DATE):
        return "@"
    if asked.type is Type.DATE:
        return "yyyy-mm-dd"
    decimals = asked.decimals or 0
    return "#,##0" + ("." + "#" * decimals if decimals else "")
