"""The search over codes of four governments and activity kinds; a code that may not be used is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core import Government
from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.codes.entry import Entry
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.codes.nomenclature import Standing
from sidara.programmes.core.codes.refusal import Checked, check
from sidara.ui.figures import Table
from sidara.ui.language import format_number, say
from sidara.web.pages.codes import words
from sidara.web.pages.parts import Option

LONGEST = 100
YEAR_DIGITS = 4
SHOWN = 60
"""Codes on one page; more are found with more words."""
AHEAD = 3
"""Years of plan that are offered: from the first version on, and so many after this one."""

REFUSED = {
    Standing.ABSENT: noop("Kode {code} tidak ada dalam daftar {government} untuk tahun {year}."),
    Standing.OTHER_GOVERNMENT: noop("Kode {code} milik pemerintah lain, bukan {government}."),
    Standing.OTHER_YEAR: noop("Kode {code} tidak berlaku bagi {government} pada tahun {year}."),
    Standing.SPECIAL_REGION: noop("Kode {code} hanya untuk daerah berkekhususan seperti Papua."),
    Standing.UNLISTED: noop(
        "Kode {code} belum dapat diperiksa: daftar {government} tahun {year} yang ada di sini tidak memuat "
        "urusan itu seluruhnya."
    ),
    Standing.NO_VERSION: noop("Kode {code} belum dapat diperiksa: tidak ada daftar untuk tahun {year}."),
}


@dataclass(frozen=True)
class Group:
    """A group of activity kinds: its name, and a link to each with its code and name."""

    name: str
    kinds: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Refusal:
    """Why a code may not be used, and the codes to use instead."""

    text: str
    is_sure: bool
    instead: Table | None


@dataclass(frozen=True)
class SearchPage:
    """What was asked, what was found, and what to know of a code that was asked."""

    title: str
    text: str
    governments: Sequence[Option]
    years: Sequence[Option]
    is_asked: bool
    refusal: Refusal | None
    codes: Table | None
    codes_title: str
    kinds: Table | None
    kinds_title: str
    groups: Sequence[Group]
    waiting: str


def build(actor: Actor, asked: Mapping[str, str], this_year: int) -> SearchPage:
    """Build the page; `asked` holds `q`, `pemerintah` and `tahun`, an unknown one counts as none."""
    catalogue = queries.catalogue(actor)
    text = asked.get("q", "").strip()[:LONGEST]
    chosen = next((one for one in Government if one.value == asked.get("pemerintah", "")), None)
    said = asked.get("tahun", "")
    year = int(said) if len(said) == YEAR_DIGITS and said.isascii() and said.isdecimal() else None
    checked = _checked(catalogue, text, chosen, year)
    hits = [
        one.found
        for one in queries.find_codes(actor, text, governments=(chosen,) if chosen else (), year=year)
    ]
    entries = [one for one in hits if isinstance(one, Entry)]
    kinds = [one for one in hits if isinstance(one, Kind)]
    refusal = _refusal(checked, chosen, year) if checked and chosen and year else None
    return SearchPage(
        title=_title(catalogue, text, len(entries), len(kinds), refusal),
        text=text,
        governments=[Option(one.value, words.government(one), one is chosen) for one in Government],
        years=_years(catalogue, year, this_year),
        is_asked=bool(text),
        refusal=refusal,
        codes=words.entry_table(entries[:SHOWN]),
        codes_title=_codes_title(len(entries)),
        kinds=words.kind_table(catalogue.kinds, kinds),
        kinds_title=say("Jenis kegiatan"),
        groups=() if text else _groups(catalogue),
        waiting=say(
            "Jenis kegiatan dan hubungannya dengan butir indeks masih usulan, menunggu penetapan walidata "
            "bersama Dinas PMD."
        ),
    )


def _checked(
    catalogue: Catalogue, text: str, government: Government | None, year: int | None
) -> Checked | None:
    """Hold a code against a government and a year, once both are chosen; words are not held."""
    if government is None or year is None:
        return None
    if all(catalogue.read(one, text) is None for one in Government):
        return None
    return check(catalogue, government, text, year)


def _refusal(checked: Checked, government: Government, year: int) -> Refusal | None:
    sentence = REFUSED.get(checked.standing)
    if sentence is None or checked.finding is None:
        return None
    told = say(
        sentence,
        code=checked.finding.value or "",
        government=words.government(government).lower(),
        year=year,
    )
    return Refusal(told, checked.is_refused, words.entry_table(checked.instead))


def _years(catalogue: Catalogue, chosen: int | None, this_year: int) -> list[Option]:
    first = catalogue.nomenclature.versions[0].valid_from
    offered = {*range(first, this_year + AHEAD + 1), *((chosen,) if chosen else ())}
    return [Option(str(one), str(one), one == chosen) for one in sorted(offered)]


def _groups(catalogue: Catalogue) -> list[Group]:
    return [
        Group(
            name,
            [
                (words.kind_href(one), one.code, one.name)
                for one in catalogue.kinds.kinds
                if one.group == code
            ],
        )
        for code, name in catalogue.kinds.labels["groups"].items()
    ]


def _title(catalogue: Catalogue, text: str, entries: int, kinds: int, refusal: Refusal | None) -> str:
    if refusal is not None:
        return (
            say("Kode ini tidak dapat dipakai") if refusal.is_sure else say("Kode ini belum dapat diperiksa")
        )
    if not text:
        return say(
            "{codes} kode dari empat pemerintah, disambungkan oleh {kinds} jenis kegiatan",
            codes=format_number(sum(not one.is_special for one in catalogue.entries())),
            kinds=format_number(len(catalogue.kinds.kinds)),
        )
    if not entries and not kinds:
        return say("Tidak ada kode yang cocok")
    return say(
        "{codes} kode dan {kinds} jenis kegiatan cocok",
        codes=format_number(entries),
        kinds=format_number(kinds),
    )


def _codes_title(count: int) -> str:
    if count > SHOWN:
        return say(
            "Kode yang paling cocok, {shown} dari {count}; tambahkan kata agar lebih sedikit",
            shown=format_number(SHOWN),
            count=format_number(count),
        )
    return say("Kode yang cocok")
