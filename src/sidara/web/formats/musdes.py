"""The sheet of a village for its musdes as PDF (PDF/A-2a, PDF/UA-1): two pages A4 that a hall can read.

Black on white with lines and words, no figure told by colour alone: it is copied on bad machines. The same
sheet gives the same bytes (`ui.paper`). Texts are cut so that it stays two pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any, NamedTuple

from sidara.kernel.clock import local_date
from sidara.kernel.number import format_date, format_number
from sidara.ui import paper

SOURCE = files("sidara.web.formats").joinpath("musdes.typ")
FIRST_SIZES = (12.5, 11.5, 10.5, 9.5, 8.5)
"""Sizes of the letters of the first page, in pt: the largest that fits is taken."""


class Room(NamedTuple):
    """How full the second page is: size of its letters in pt, rows of each kind, empty lines."""

    size: float
    own: int
    asked: int
    fates: int
    lines: int


ROOMS = (
    *(Room(size, 6, 5, 5, 7) for size in (12.0, 11.0, 10.2)),
    *(Room(size, 6, 5, 5, 5) for size in (10.2, 9.4)),
    *(Room(size, 5, 4, 4, 4) for size in (9.4, 8.6)),
    Room(8.6, 4, 3, 3, 3),
    Room(8.0, 3, 2, 2, 3),
)
"""The second page, the most readable first: the first one that fits is taken."""
WORDS = {
    "title": "Lembar musyawarah desa",
    "who": "Siapa kita",
    "where": "Di mana kita berdiri",
    "strong": "Yang paling kuat",
    "weak": "Yang paling lemah",
    "none": "tidak ada",
    "neighbours": "Kita dan desa tetangga",
    "own": "Dapat kita kerjakan sendiri",
    "own-note": "Masuk RKP Desa dan APBDes dengan kode kegiatan desa. Beri tanda pada yang disepakati.",
    "asked": "Perlu kita minta kepada pihak lain",
    "asked-note": "Bawa sebagai usulan (DU-RKP Desa) kepada yang berwenang dan dapat membiayai.",
    "activity": "Kegiatan",
    "now": "Keadaan kita kini",
    "code": "Kode desa",
    "payer": "Kepada",
    "agreed": "Sepakat",
    "fates": "Apa kabar usulan kita?",
    "proposal": "Usulan",
    "asked-of": "Kepada",
    "fate": "Nasibnya",
    "new": "Usulan kita tahun ini",
    "new-note": "Lingkari siapa pengusulnya. Suara perempuan, keluarga miskin, pemuda, dan disabilitas"
    " harus terdengar.",
    "place": "Di mana",
    "origin": "Pengusul",
    "check": "Lengkapnya di alamat ini, atau pindai kodenya",
    "number": "No",
    "page": "Halaman",
    "of": "dari",
    "as-of": "Keadaan",
}
ORIGINS = ("perempuan", "miskin", "pemuda", "disabilitas", "lain")
"""Who proposes, to be circled; the options of USL_011 in short."""
SIMULATION = "Desa contoh atau angka rekaan, untuk mencoba. Jangan dipakai untuk memutus."
DOTS = ". . . . . . . . . ."


@dataclass(frozen=True)
class Class:
    """A class of the index on the ladder: whether the village is in it, or may be."""

    word: str
    is_now: bool = False
    is_possible: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG) with its heading; `label` is read aloud."""

    title: str
    note: str
    svg: str
    label: str


@dataclass(frozen=True)
class Line:
    """An activity to talk about: what, why, by which code or to whom."""

    activity: str
    now: str
    by: str


@dataclass(frozen=True)
class Asked:
    """A proposal of last year and what became of it."""

    text: str
    asked: str
    fate: str


@dataclass(frozen=True)
class Sheet:
    """All that the sheet says, in words; `code` names the village in addresses.

    `gaps` counts all activities of the two lists, of which the sheet tells those that fit.
    """

    code: str
    name: str
    place: str
    plan: str
    figures: Sequence[tuple[str, str]]
    index: str
    value: str
    finding: str
    mark: str
    ladder: Sequence[Class]
    strong: Sequence[str]
    weak: Sequence[str]
    pictures: Sequence[Picture]
    own: Sequence[Line]
    asked: Sequence[Line]
    gaps: tuple[int, int]
    why_none: str
    fates_title: str
    fates: Sequence[Asked]
    sources: str
    is_simulated: bool


def write(sheet: Sheet, address: str, made_at: datetime) -> bytes:
    """Give the sheet as PDF; `address` is that of the village's page, `made_at` the moment it tells."""
    return paper.pdf(paper.lays(SOURCE, made_at), fitted(sheet, address, made_at))


def pictures(sheet: Sheet, address: str, made_at: datetime, *, ppi: float = 110) -> list[bytes]:
    """Give each page as PNG, as it will be printed."""
    return paper.pictures(paper.lays(SOURCE, made_at), fitted(sheet, address, made_at), ppi=ppi)


def fitted(sheet: Sheet, address: str, made_at: datetime) -> dict[str, Any]:
    """Lay the sheet out on two pages: the letters as large, and as many rows, as there is room for."""
    source, first = SOURCE.read_bytes(), FIRST_SIZES[-1]
    for size in FIRST_SIZES:
        told = laid_out(sheet, address, made_at, first=size, room=ROOMS[-1])
        if paper.marks(source, told, "<second>") == [2]:
            first = size
            break
    for room in ROOMS:
        told = laid_out(sheet, address, made_at, first=first, room=room)
        if paper.marks(source, told, "<total>") == [2]:
            break
    return told


def laid_out(sheet: Sheet, address: str, made_at: datetime, *, first: float, room: Room) -> dict[str, Any]:
    """Give what the paper says, in its order, with the size of its letters."""
    own, asked = sheet.own[: room.own], sheet.asked[: room.asked]
    return {
        "words": WORDS,
        "first-size": first,
        "second-size": room.size,
        "simulation": SIMULATION if sheet.is_simulated else "",
        "name": sheet.name,
        "place": sheet.place,
        "plan": sheet.plan,
        "figures": [{"name": name, "value": value or DOTS} for name, value in sheet.figures],
        "index": sheet.index,
        "value": sheet.value,
        "finding": sheet.finding,
        "mark": sheet.mark,
        "ladder": [
            {"word": one.word, "state": "now" if one.is_now else "maybe" if one.is_possible else ""}
            for one in sheet.ladder
        ],
        "strong": list(sheet.strong),
        "weak": list(sheet.weak),
        "pictures": [
            {"title": one.title, "note": one.note, "label": one.label, "svg": paper.inked(one.svg)}
            for one in sheet.pictures
        ],
        "own": [_line(one) for one in own],
        "own-left": _left(sheet.gaps[0] - len(own)),
        "asked": [_line(one) for one in asked],
        "asked-left": _left(sheet.gaps[1] - len(asked)),
        "why-none": sheet.why_none,
        "fates-title": sheet.fates_title,
        "fates": [
            {"text": one.text, "asked": one.asked, "fate": one.fate} for one in sheet.fates[: room.fates]
        ],
        "origins": ORIGINS,
        "lines": room.lines,
        "sources": sheet.sources,
        "address": address,
        "qr": paper.qr(address),
        "as-of": format_date(local_date(made_at)),
    }


def _line(one: Line) -> dict[str, str]:
    return {"activity": one.activity, "now": one.now, "by": one.by}


def _left(count: int) -> str:
    return f"dan {format_number(count)} lagi di halaman desa" if count > 0 else ""
