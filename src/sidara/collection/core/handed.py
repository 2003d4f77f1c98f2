"""A file that somebody hands in: what it is by its content, what became of it, told in one flat shape."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sidara.collection.core.account import Account
from sidara.collection.core.bulk.placing import flat
from sidara.collection.core.dataset import is_simulated
from sidara.collection.core.takeaway import SIGNS
from sidara.collection.core.wording import VERDICTS
from sidara.kernel.finding import CellPlace, Finding, Severity
from sidara.kernel.number import format_number
from sidara.tables import Bounds

LARGEST = 20_000_000
"""Bytes of a file that a page or a program hands in; the command line takes larger ones."""
MOST_CELLS = 250_000
"""Cells of such a file, twice what a whole province fills in in six forms; the command line takes more."""
BOUNDS = Bounds(
    rows=MOST_CELLS,
    cells=20 * MOST_CELLS,
    unpacked=128 * 1024 * 1024,
    remedy="Bagi berkasnya, misalnya per kecamatan atau per formulir, atau impor dengan perintah sidara "
    "submission import.",
)
"""The same as rows of a table, and as boxes of a workbook, most of which are empty."""
MOST_TOLD = 5_000
"""Findings of one answer; what is beyond is counted."""
KEPT_FOR = timedelta(hours=2)
"""How long a file waits for its owner to look at the trial and to store it."""
RESULT = "hasil"
"""The result of a form that was taken away as HTML."""
SIGN = 64
"""Bytes by which a file is known that holds a form and no cells."""
_LETTERS = re.compile(r"[A-Z]{1,3}")
"""How a column of a sheet is named; other findings name a part of the form there (`period`)."""
_SIGNS = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xlsx"),
    (b"PAR1", "parquet"),
    *((sign, RESULT) for sign in SIGNS),
)


@dataclass(frozen=True, slots=True)
class Handing:
    """A file as a door takes it: content, name, and who filled it in where another one brings it."""

    content: bytes
    name: str = ""
    filler: str = ""
    is_paper: bool = False
    all_or_nothing: bool = False

    @property
    def format(self) -> str:
        """What the content is, whatever its name says; text is CSV."""
        return next((name for sign, name in _SIGNS if self.content.startswith(sign)), "csv")

    @property
    def digest(self) -> str:
        """The hash of all that is handed in, choices included."""
        told = f"{self.filler}\n{self.is_paper}\n{self.all_or_nothing}\n".encode()
        return hashlib.sha256(told + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was handed in: its trial, and once it was stored what became of it (`answer`)."""

    id: UUID
    name: str
    format: str
    filler: str
    is_paper: bool
    all_or_nothing: bool
    made_at: datetime
    trial: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None
    stored_at: datetime | None = None
    has_content: bool = False


def told(account: Account, *, submissions: int, is_dry: bool, dataset: str = "") -> dict[str, Any]:
    """Give the answer to a file flat: counts, whether it is stored, findings; the shape of every door.

    `simulated`: it is about example villages, and all of it is made up.
    """
    return {
        "sent": account.sent,
        **{name: getattr(account, name) for name in VERDICTS},
        "stored": account.is_stored,
        "refused": account.is_refused,
        "dry_run": is_dry,
        "submissions": submissions,
        "simulated": is_simulated(dataset),
        "findings": [flat(one) for one in account.findings[:MOST_TOLD]],
        "findings_left": account.left + max(0, len(account.findings) - MOST_TOLD),
    }


def findings_of(answer: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Read the findings of an answer back, as far as marks in a workbook need them."""
    return tuple(
        Finding(
            one["code"],
            one["message"],
            one["remedy"],
            Severity(one["severity"]),
            CellPlace(
                one["line"],
                one["column"],
                one["sheet"],
                variable=one["variable"] or "",
                period=one["period"] or "",
                region=one["region"] or "",
            ),
            one["value"],
        )
        for one in answer["findings"]
    )


def cell_named(column: str | None, line: int | None) -> str:
    """Name a cell of a sheet (`B20`); empty where a finding is about a row, or about a part of the form."""
    return f"{column}{line}" if column and line and _LETTERS.fullmatch(column) else ""


def summary(answer: Mapping[str, Any]) -> str:
    """Say in one line what became of the cells, for the workbook with its faults marked."""
    if answer["refused"]:
        return "Berkas tidak dapat dipakai; tidak ada yang disimpan."
    counts = ", ".join(f"{format_number(answer[name])} {words}" for name, words in VERDICTS.items())
    return f"Sel: {counts}."


def too_large(size: int) -> Finding:
    """Refuse a file that is too large for a page or a program."""
    most = LARGEST // 1_000_000
    return Finding(
        "FILE_TOO_LARGE",
        f"Berkas terlalu besar ({size / 1_000_000:.1f} MB; paling besar {most} MB).".replace(".", ",", 1),
        "Kirim per kecamatan atau per formulir, atau impor dengan perintah sidara submission import.",
        value=str(size),
    )


def form_itself(content: bytes) -> Finding | None:
    """Say of a form that was given out (HTML, paper) what is handed in of it; `None` of any other file.

    `content` may be cut after `SIGN` bytes.
    """
    start = content[:SIGN].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return Finding(
            "FILE_IS_FORM",
            "Ini berkas HTML: formulirnya, bukan hasilnya.",
            "Buka formulir itu, tekan Simpan berkas hasil, lalu kirim berkas .txt yang tersimpan.",
        )
    if start.startswith(b"%pdf-"):
        return Finding(
            "FILE_IS_FORM",
            "Ini berkas PDF; isinya tidak dapat dibaca.",
            "Ketik isinya lewat Ketik dari kertas, atau kirim buku kerja Excel (.xlsx), CSV, atau berkas "
            "hasil formulir HTML (.txt).",
        )
    return None


def none_left() -> Finding:
    """Say that a file is not kept any more."""
    return Finding(
        "FILE_GONE",
        "Berkas ini tidak disimpan lagi.",
        "Pilih berkasnya lagi; mengirim berkas yang sama dua kali tidak menggandakan apa pun.",
    )
