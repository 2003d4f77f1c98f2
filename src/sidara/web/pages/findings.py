"""Sentences: what a page's figures say, as headings. One place for wording, no figure of its own."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from sidara.indices.core import Version
from sidara.ui.language import format_number, format_percent, say
from sidara.web.pages import index
from sidara.web.pages.index import Edition
from sidara.web.pages.status import Counts


def of_area(name: str, total: Counts, scale: Version, *, kelurahan: int) -> str:
    """Say how many desa of an area are good, or why there is nothing to say."""
    if not total.desa:
        return say(
            "{name} tidak punya desa, {kelurahan} kelurahannya tidak dinilai",
            name=name,
            kelurahan=format_number(kelurahan),
        )
    if not total.assessed:
        return say(
            "Belum ada angka indeks untuk {desa} desa di {name}", desa=format_number(total.desa), name=name
        )
    words = index.good_words(scale)
    return say(
        "{good} dari {assessed} desa di {name} sudah {words}",
        good=format_number(total.good),
        assessed=format_number(total.assessed),
        name=name,
        words=words,
    )


def lead_of_area(total: Counts, edition: Edition) -> str:
    """Say the share, the mean and who is left behind."""
    if not total.assessed:
        return ""
    mean = format_number(total.mean, edition.decimals)
    parts = [
        say(
            "Itu {good} dari desa yang dinilai. Rata-rata {label} {mean}.",
            good=format_percent(total.good, total.assessed),
            label=edition.label,
            mean=mean,
        ),
        left_behind(total, edition.scale),
    ]
    if total.unsure:
        parts.append(say("Status {unsure} desa belum pasti.", unsure=format_number(total.unsure)))
    if total.missing:
        parts.append(
            say(
                "{missing} desa belum ada datanya untuk {period}.",
                missing=format_number(total.missing),
                period=edition.period,
            )
        )
    return " ".join(parts)


def left_behind(total: Counts, scale: Version) -> str:
    """Say how many desa are in the two lowest classes."""
    lowest, low = index.low(scale)
    few, many = total.by_class.get(lowest.code, 0), total.by_class.get(low.code, 0)
    if not few and not many:
        return say("Tidak ada desa {status}.", status=index.word_of(low.status).lower())
    if not few:
        return say(
            "{many} desa masih {status}, tidak ada yang {status_2}.",
            many=format_number(many),
            status=index.word_of(low.status).lower(),
            status_2=index.word_of(lowest.status).lower(),
        )
    return say(
        "{many} desa masih {status} dan {few} {lowest}.",
        many=format_number(many),
        status=index.word_of(low.status).lower(),
        few=format_number(few),
        lowest=index.word_of(lowest.status).lower(),
    )


def of_ranking(
    ranked: Sequence[tuple[str, Decimal | Fraction]],
    word: str,
) -> str:
    """Say who leads and who is last of (name, figure), highest first; `word` counts those that are equal."""
    if not ranked:
        return say("Belum ada yang dinilai")
    if len(ranked) == 1:
        return say("Hanya {ranked} yang dinilai", ranked=ranked[0][0])
    highest, lowest = ranked[0][1], ranked[-1][1]
    if highest == lowest:
        return say("Semua {word} yang dinilai sama tinggi", word=word.lower())
    leaders = [name for name, figure in ranked if figure == highest]
    trailers = [name for name, figure in ranked if figure == lowest]
    return say(
        "{leaders} tertinggi, {trailers} terendah", leaders=_few(leaders, word), trailers=_few(trailers, word)
    )


def _few(names: Sequence[str], word: str) -> str:
    """Name one or two, count more."""
    return joined(names) if len(names) <= 2 else f"{format_number(len(names))} {word.lower()}"


def beside(above: Sequence[str], below: Sequence[str], place: str) -> str:
    """Say what lies above and below the middle of the neighbours."""
    if not above and not below:
        return ""
    if not below:
        return say(
            "{parts} di atas nilai tengah desa di {place}.",
            parts=joined(above).capitalize(),
            place=place,
        )
    if not above:
        return say(
            "{parts} di bawah nilai tengah desa di {place}.",
            parts=joined(below).capitalize(),
            place=place,
        )
    return say(
        "{parts} di atas nilai tengah desa di {place}, {joined} di bawahnya.",
        parts=joined(above).capitalize(),
        place=place,
        joined=joined(below),
    )


def joined(words: Sequence[str]) -> str:
    """Join words as in a sentence."""
    return (
        words[0]
        if len(words) == 1
        else say("{join} dan {words}", join=", ".join(words[:-1]), words=words[-1])
    )
