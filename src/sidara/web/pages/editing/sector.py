"""A new sector on one page: its code and name, the agency that owns its data, its first form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from sidara.dictionary.core import Frequency, Thing
from sidara.dictionary.core.lint.whole import SECTOR
from sidara.dictionary.queries import Review
from sidara.ui.language import say
from sidara.web.pages.editing import addresses
from sidara.web.pages.places import Link

FIELDS = ("bidang", "nama", "opd", "opd_kode", "opd_nama", "frekuensi")


@dataclass(frozen=True)
class SectorPage:
    """The form of a new sector with what was typed, faults by field, and the entries that come of it."""

    trail: Sequence[Link]
    action: str
    back: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    agencies: Sequence[tuple[str, str]]
    frequencies: Sequence[tuple[str, str]]
    entries: Sequence[tuple[Thing, dict[str, Any]]]


def build(review: Review, posted: QueryDict | None) -> SectorPage:
    """Build the page; with what was typed it has either faults or entries."""
    typed = {name: str(posted.get(name, "") or "").strip() for name in FIELDS} if posted is not None else {}
    faults = _faults(review, typed) if posted is not None else {}
    return SectorPage(
        addresses.trail(
            Link(review.draft.title, addresses.draft(review.draft.id)), Link(say("Bidang baru"), "")
        ),
        "",
        addresses.draft(review.draft.id),
        typed,
        faults,
        [(code, one.name) for code, one in review.dictionary.agencies.items()],
        [(one.value, say(one.words)) for one in Frequency],
        _entries(typed) if posted is not None and not faults else (),
    )


def _faults(review: Review, typed: Mapping[str, str]) -> dict[str, str]:
    known = review.dictionary
    found: dict[str, str] = {}
    if SECTOR.fullmatch(typed["bidang"]) is None:
        found["bidang"] = say("Tulis tiga huruf besar, misalnya IKN.")
    elif typed["bidang"] in known.sectors:
        found["bidang"] = say("Bidang {code} sudah ada.", code=typed["bidang"])
    if not typed["nama"]:
        found["nama"] = say("Nama bidang belum diisi.")
    if typed["opd"]:
        if typed["opd"] not in known.agencies:
            found["opd"] = say("Pilih OPD dari daftar.")
    elif not typed["opd_kode"] or not typed["opd_nama"]:
        found["opd"] = say("Pilih OPD, atau tulis kode dan nama OPD baru.")
    elif typed["opd_kode"] in known.agencies:
        found["opd_kode"] = say("OPD {code} sudah ada; pilih dari daftar.", code=typed["opd_kode"])
    if typed["frekuensi"] not in set(Frequency):
        found["frekuensi"] = say("Pilih salah satu.")
    return found


def _entries(typed: Mapping[str, str]) -> list[tuple[Thing, dict[str, Any]]]:
    """Give the entries of a new sector, its form last."""
    frequency = Frequency(typed["frekuensi"])
    code = f"{typed['bidang']}_{frequency.value.upper()}"
    form = {
        "code": code,
        "name": f"{typed['nama']}: {frequency.words}",
        "sector": typed["bidang"],
        "frequency": frequency.value,
    }
    made: list[tuple[Thing, dict[str, Any]]] = [
        (Thing.SECTOR, {"code": typed["bidang"], "name": typed["nama"]})
    ]
    if not typed["opd"]:
        made.append((Thing.AGENCY, {"code": typed["opd_kode"], "name": typed["opd_nama"]}))
    return [*made, (Thing.FORM, form)]
