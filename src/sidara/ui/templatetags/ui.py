"""Tags and filters of all templates: icons, badges, numbers, percentages and dates as people write them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sidara.ui import built, language
from sidara.ui.figures import Cell, Column, Mark
from sidara.ui.language import format_date, format_moment, format_number

register = template.Library()


class Taken(Protocol):
    """A form that can be taken along as files: a word and an address for each."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def period(self) -> str:
        """Its period, in words."""

    @property
    def files(self) -> Sequence[tuple[str, str]]:
        """Its files."""


@register.simple_tag
def asset(name: str) -> str:
    """Give the address of a built file by the name of its source."""
    return static(f"ui/{built.manifest()[name]}")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; the word beside it carries the meaning."""
    return format_html('<svg class="ikon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def icon_sprite() -> SafeString:
    """Give the symbols of all icons and the patterns, once a page."""
    return mark_safe(built.sprite())  # noqa: S308 - built from the icon package


@register.simple_tag
def brand() -> SafeString:
    """Draw the mark of SIDARA."""
    return mark_safe(built.brand())  # noqa: S308 - our own drawing


@register.simple_tag
def badge(mark: Mark) -> SafeString:
    """Show a class: hexagon and word."""
    return format_html('<span class="badge badge--{}">{}</span>', mark.style, mark.label)


@register.simple_tag
def stack(parts: tuple[tuple[str, int], ...]) -> SafeString:
    """Draw counts of classes side by side (`style`, count); the counts stand in the table in words."""
    whole = sum(count for _, count in parts) or 1
    pieces, left = [], 0.0
    for style, count in parts:
        width = count * 100 / whole
        if count:
            pieces.append((style, f"{left:.2f}", f"{max(width - 0.8, 0.4):.2f}"))
        left += width
    rects = format_html_join("", '<rect class="w{}" x="{}" width="{}" height="12"/>', pieces)
    return format_html(
        '<svg class="susun" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        rects,
    )


@register.simple_tag
def cell(one: Cell) -> SafeString:
    """Show one cell of a table: its mark, drawing or link, else its words, with what can be opened."""
    if one.mark is not None:
        return badge(one.mark)
    if one.parts:
        return stack(one.parts)
    if one.href:
        return format_html('<a href="{}">{}</a>', one.href, _in_its_language(one.text, one.language))
    if one.more:
        more = _in_its_language(one.more, one.language)
        return format_html('<details class="sel"><summary>{}</summary>{}</details>', one.text, more)
    return _in_its_language(one.text, one.language)


def _in_its_language(text: str, own: str) -> SafeString:
    """Mark a text whose language is not that of the page."""
    if not own or own == language.active():
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', own, text)


@register.simple_tag
def files_of(one: Taken) -> SafeString:
    """Give the links by which a form is taken along; to a screen reader each says of which form it is."""
    link = '<a href="{}">{}<span class="visually-hidden" lang="id">: {}, {}</span></a>'
    return format_html_join("", link, ((href, word, one.name, one.period) for word, href in one.files))


@register.simple_tag(takes_context=True)
def order_link(context: template.Context, column: Column, order: str) -> str:
    """Give the address that sorts by a column: up first for words, down first for numbers, then turned."""
    first, second = (f"-{column.key}", column.key) if column.is_number else (column.key, f"-{column.key}")
    query = context["request"].GET.copy()
    query["urut"] = second if order == first else first
    return "?" + urlencode(sorted(query.items()))


@register.filter
def direction(column: Column, order: str) -> str:
    """Say how a table is sorted by a column: `naik`, `turun` or nothing."""
    return {column.key: "naik", f"-{column.key}": "turun"}.get(order, "")


@register.filter
def aria_sort(column: Column, order: str) -> str:
    """Say the same to a screen reader."""
    return {column.key: "ascending", f"-{column.key}": "descending"}.get(order, "none")


@register.filter
def number(value: Decimal | int | None, decimals: int = 0) -> str:
    """Write a number in the style of the active language."""
    return format_number(value, decimals)


@register.filter
def day(value: date | None) -> str:
    """Write a day as `24 November 2026`."""
    return format_date(value) if value else language.say("tanggal tidak diketahui")


@register.filter
def moment(value: datetime) -> str:
    """Write a moment as `24 November 2026, 10.05`."""
    return format_moment(value)


@register.simple_tag
def say(sentence: str, context: str = "", **figures: object) -> str:
    """Give a sentence in the active language with its figures, named in braces, filled in."""
    return language.say(sentence, context=context, **figures)


@register.filter
def said(words: str) -> str:
    """Give words of content in the active language."""
    return language.say(words)
