"""Sentences: what a page's figures say, as headings. One place for wording, no figure of its own."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from sidara.indices.core import Version
from sidara.kernel.number import format_number, format_percent
from sidara.web.pages import index
from sidara.web.pages.index import Edition
from sidara.web.pages.status import Counts


def of_area(name: str, total: Counts, scale: Version, *, kelurahan: int) -> str:
    """Say how many desa of an area are good, or why there is nothing to say."""
    if not total.desa:
        return f"{name} tidak punya desa, {format_number(kelurahan)} kelurahannya tidak dinilai"
    if not total.assessed:
        return f"Belum ada angka indeks untuk {format_number(total.desa)} desa di {name}"
    words = index.good_words(scale)
    return f"{format_number(total.good)} dari {format_number(total.assessed)} desa di {name} sudah {words}"


def lead_of_area(total: Counts, edition: Edition) -> str:
    """Say the share, the mean and who is left behind."""
    if not total.assessed:
        return ""
    mean = format_number(total.mean, edition.decimals)
    parts = [
        f"Itu {format_percent(total.good, total.assessed)} dari desa yang dinilai. Rata-rata"
        f" {edition.label} {mean}.",
        left_behind(total, edition.scale),
    ]
    if total.unsure:
        parts.append(f"Status {format_number(total.unsure)} desa belum pasti.")
    if total.missing:
        parts.append(f"{format_number(total.missing)} desa belum ada datanya untuk {edition.period}.")
    return " ".join(parts)


def left_behind(total: Counts, scale: Version) -> str:
    """Say how many desa are in the two lowest classes."""
    lowest, low = index.low(scale)
    few, many = total.by_class.get(lowest.code, 0), total.by_class.get(low.code, 0)
    if not few and not many:
        return f"Tidak ada desa {low.status.lower()}."
    if not few:
        return (
            f"{format_number(many)} desa masih {low.status.lower()}, tidak ada yang {lowest.status.lower()}."
        )
    both = f"{format_number(many)} desa masih {low.status.lower()} dan {format_number(few)}"
    return f"{both} {lowest.status.lower()}."


def of_ranking(
    ranked: Sequence[tuple[str, Decimal | Fraction]],
    word: str,
) -> str:
    """Say who leads and who is last of (name, figure), highest first; `word` counts those that are equal."""
    if not ranked:
        return "Belum ada yang dinilai"
    if len(ranked) == 1:
        return f"Hanya {ranked[0][0]} yang dinilai"
    highest, lowest = ranked[0][1], ranked[-1][1]
    if highest == lowest:
        return f"Semua {word.lower()} yang dinilai sama tinggi"
    leaders = [name for name, figure in ranked if figure == highest]
    trailers = [name for name, figure in ranked if figure == lowest]
    return f"{_few(leaders, word)} tertinggi, {_few(trailers, word)} terendah"


def _few(names: Sequence[str], word: str) -> str:
    """Name one or two, count more."""
    return joined(names) if len(names) <= 2 else f"{format_number(len(names))} {word.lower()}"


def beside(above: Sequence[str], below: Sequence[str], place: str) -> str:
    """Say what lies above and below the middle of the neighbours."""
    if not above and not below:
        return ""
    if not below:
        return f"{joined(above).capitalize()} di atas nilai tengah desa di {place}."
    if not above:
        return f"{joined(below).capitalize()} di bawah nilai tengah desa di {place}."
    return f"{joined(above).capitalize()} di atas nilai tengah desa di {place}, {joined(below)} di bawahnya."


def joined(words: Sequence[str]) -> str:
    """Join words as in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} dan {words[-1]}"
