"""Codes, kinds, fund sources and places of a row, held against the lists."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sidara.kernel.finding import Severity
from sidara.programmes.core.codes import refusal
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.codes.nomenclature import Standing
from sidara.programmes.core.importing.asking import Ask
from sidara.programmes.core.importing.definition import plain
from sidara.programmes.core.importing.records import Lists, Offer, Telling
from sidara.programmes.core.importing.rows import PROGRAMME, parts_of
from sidara.programmes.core.words import GOVERNMENT_OF, Government

_VILLAGE_CODE = re.compile(r"(?<![\d.])(\d{2}\.\d{2}\.\d{2}\.\d{4}|\d{10})(?![\d.])")
_AND = re.compile(r"[;,/\n]|\bdan\b|\s-\s")
_REFUSED = frozenset({Standing.OTHER_GOVERNMENT, Standing.NO_CODE})
_KINDS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Coded:
    """What a code is: standard form (as written where it is not known), version of the list, name there."""

    code: str = ""
    version: str = ""


def judge_code(  # noqa: PLR0913 - a code with its name and place
    tell: Telling, lists: Lists, ask: Ask, code: str, name: str = "", *, column: str = "code"
) -> Coded:
    """Hold a code against its government and year.

    One of another government, or none at all, rejects the row; one that the list does not have is stored with
    what is said of it. Villages call their activities as they like, so their names are not held against it.
    """
    government = GOVERNMENT_OF[ask.level]
    if government is not Government.VILLAGE and len(parts_of(code)) == PROGRAMME:
        return Coded(lists.catalogue.read(government, code) or code)
    called = "" if government is Government.VILLAGE else name
    found: refusal.Checked = lists.once(
        ("code", code, called), lambda: refusal.check(lists.catalogue, government, code, ask.year, called)
    )
    if found.finding is not None:
        weight = found.finding.severity
        if found.is_refused and found.standing not in _REFUSED:
            weight = Severity.WARNING
        tell.add(found.finding, column, weight)
    entry = found.entry
    version = entry.versions[-1] if entry is not None and entry.versions else ""
    return Coded(found.code or code.strip(), version)


def judge_kind(tell: Telling, lists: Lists, ask: Ask, code: str, name: str) -> Kind | None:
    """Find the activity kind of a code: the only one is taken, several and those alike are offered."""
    key = code or plain(name)
    chosen = ask.kinds.get(key, ask.kinds.get(name))
    government = GOVERNMENT_OF.get(ask.level, Government.REGENCY)
    held = lists.catalogue.kinds_of(government, code) if code else ()
    if len(held) == 1 and chosen is None:
        return held[0]
    likely = lists.once(
        ("kinds", code, name), lambda: lists.catalogue.likely_kinds(government, code or None, name)
    )
    offer = Offer("kind", key, f"{code} {name}".strip(), _some(likely), chosen)
    return _taken(tell, lists, offer)


def judge_named_kind(tell: Telling, lists: Lists, ask: Ask, written: str) -> Kind | None:
    """Find the kind that a column names: by its code or its very name; what is only alike is offered."""
    chosen = ask.kinds.get(written, ask.kinds.get(plain(written)))
    exact = lists.catalogue.kinds.find(written.strip().upper()) or next(
        (one for one in lists.catalogue.kinds.kinds if plain(one.name) == plain(written)), None
    )
    if exact is not None and chosen is None:
        return exact
    government = GOVERNMENT_OF.get(ask.level, Government.REGENCY)
    likely = lists.once(
        ("kinds", "", written), lambda: lists.catalogue.likely_kinds(government, None, written)
    )
    return _taken(tell, lists, Offer("kind", written, written, _some(likely), chosen), "kind")


def _some(kinds: Sequence[Kind]) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, one.name) for one in kinds[:_KINDS_SHOWN])


def _taken(tell: Telling, lists: Lists, offer: Offer, column: str = "code") -> Kind | None:
    """Give the kind that was chosen; else offer what may be meant, or say that nothing is."""
    words, some = offer.words[:80], offer.candidates
    if some:
        tell.offers.append(offer)
    if offer.chosen:
        kind = lists.catalogue.kinds.find(offer.chosen)
        if kind is None:
            say = f"Jenis kegiatan {offer.chosen} tidak ada."
            remedy = "Pilih dari daftar jenis kegiatan."
            tell.say("PLAN_KIND_UNKNOWN", say, remedy, Severity.ERROR, column, offer.chosen)
        return kind
    if offer.chosen is not None or not some:
        tell.say(
            "PLAN_KIND_NONE",
            f"Tidak ada jenis kegiatan untuk “{words}”; baris disimpan tanpa jenis.",
            "Tanpa jenis, baris ini tidak ikut dibandingkan dengan kegiatan lain. Pilih jenisnya bila ada.",
            Severity.INFO,
            column,
        )
        return None
    tell.say(
        "PLAN_KIND_SEVERAL",
        f"Jenis kegiatan “{words}” perlu dipilih: {'; '.join(' '.join(one) for one in some[:4])}.",
        "Pilih jenisnya. Tanpa pilihan, baris disimpan tanpa jenis.",
        Severity.WARNING,
        column,
        offer.key,
    )
    return None


def judge_fund(tell: Telling, lists: Lists, written: str) -> str:
    """Give the code of a fund source; one that is not known is told and stays beside the row."""
    if not written:
        return ""
    found = lists.catalogue.funds.find(written)
    if found is not None:
        return found.code
    tell.say(
        "PLAN_FUND_UNKNOWN",
        f"Sumber dana “{written[:60]}” tidak dikenal; disimpan seperti tertulis di luar hitungan.",
        f"Tulis salah satu kode: {', '.join(one.code for one in lists.catalogue.funds.sources)}.",
        Severity.WARNING,
        "fund_source",
        written[:100],
    )
    return ""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a row is done: villages by code, or all the owner's area; `rest` = words not understood."""

    villages: tuple[str, ...] = ()
    is_whole_area: bool = False
    rest: tuple[str, ...] = field(default=())


def judge_location(tell: Telling, lists: Lists, ask: Ask, written: str, column: str = "location") -> Where:
    """Read a location: codes win, words for the whole area name no village, names are candidates only."""
    if not written:
        return Where()
    if plain(written) in lists.whole_area:
        return Where(is_whole_area=True)
    text = written
    codes = _VILLAGE_CODE.findall(text)
    villages = [code for one in codes if (code := _village(tell, lists, one, column)) is not None]
    if codes:
        return Where(tuple(dict.fromkeys(villages)))
    rest: list[str] = []
    for name in _names(text):
        if plain(name) in lists.whole_area:
            return Where(is_whole_area=True)
        code = _reviewed(tell, lists, ask, name, column)
        if code:
            villages.append(code)
        else:
            rest.append(name)
    return Where(tuple(dict.fromkeys(villages)), rest=tuple(rest))


def judge_village(tell: Telling, lists: Lists, ask: Ask, written: str, column: str) -> str:
    """Give the one village of a row; without one the row is rejected."""
    where = judge_location(tell, lists, ask, written, column)
    if len(where.villages) == 1:
        return where.villages[0]
    if not any(one.severity is Severity.ERROR for one in tell.findings):
        tell.say(
            "PLAN_VILLAGE_UNSURE",
            f"Desa “{written[:60]}” belum pasti.",
            "Tulis kode wilayahnya (misalnya 62.01.02.2016), atau pilih desanya.",
            Severity.ERROR,
            column,
            written[:100],
        )
    return ""


def _names(text: str) -> Iterable[str]:
    return (name for part in _AND.split(text) if (name := " ".join(part.split())))


def _village(tell: Telling, lists: Lists, code: str, column: str) -> str | None:
    found = lists.places.village(code)
    if found is None:
        tell.say(
            "PLAN_VILLAGE_OUTSIDE",
            f"{code} bukan kode desa di wilayah rencana ini.",
            "Periksa kodenya; rencana contoh (SIMULASI) hanya memuat desa contoh, rencana nyata desa nyata.",
            Severity.ERROR,
            column,
            code,
        )
    return found


def _reviewed(tell: Telling, lists: Lists, ask: Ask, name: str, column: str) -> str | None:
    """Give the village that a person chose for a name; offer candidates where nobody did."""
    chosen = ask.villages.get(name, ask.villages.get(plain(name)))
    candidates = lists.places.candidates(name)
    if candidates:
        tell.offers.append(Offer("village", plain(name), name, candidates, chosen))
    if chosen is not None:
        return _village(tell, lists, chosen, column) if chosen else None
    some = "; ".join(f"{words} ({code})" for code, words in candidates[:3])
    tell.say(
        "PLAN_LOCATION_REVIEW",
        f"Lokasi “{name[:60]}” ditulis dengan nama"
        + (f"; calonnya: {some}." if some else "; tidak ada desa dengan nama itu di wilayah ini."),
        "Pilih desanya, atau tulis kode wilayahnya. Nama tidak dihubungkan sendiri.",
        Severity.WARNING,
        column,
        name[:100],
    )
    return None
