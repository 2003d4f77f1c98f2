"""Redaction: personal data are taken out of a cell's texts, a revision's reason or the evidence.

Two persons: one asks, another one does it. What is taken out is replaced by a word (`REMOVED`), in every
revision; the redaction is a revision of its own and carries, chained, which contents and reasons of earlier
ones are now other ones. A file of evidence is gone, and an act in the chain of the evidence carries the
redaction. So the audit still finds every other change, and nobody can redact without leaving a trace.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sidara.collection.core.chain import Link, chain_hash, content_hash, digest
from sidara.collection.core.submission import EMPTY, Content, Delta, Key
from sidara.evidence.core import TAKEN_OUT
from sidara.kernel.cell import State
from sidara.kernel.clock import stamp
from sidara.kernel.finding import Finding
from sidara.kernel.personal import looks_like, without_numbers

REMOVED = TAKEN_OUT
"""What stands in the place of what was taken out."""
SHORTEST_REASON = 5
LONG = 8
"""Characters of a text that stands nowhere by chance."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason that a revision gives, by the number of the revision."""

    revision: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence: its file, its name and what was said of it."""

    piece: UUID


type About = Key | Reason | Proof
"""What a redaction is about: the texts of a cell, a reason, a piece of evidence."""


class Scope(StrEnum):
    """What is taken out of a text. A file of evidence goes as a whole."""

    NUMBERS = "numbers"
    ALL = "all"

    @property
    def words(self) -> str:
        """What is taken out, in Indonesian."""
        return "NIK dan nomor telepon" if self is Scope.NUMBERS else "seluruh teks dan penjelasan"


@dataclass(frozen=True, slots=True)
class By:
    """Who did something: id, name and function of that day, when (UTC)."""

    id: str
    name: str
    function: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was asked, by whom and why; `decided` by whom; `is_done`: it was taken out.

    `contents`: hash of the content of earlier revisions as it is since, by number; `reasons`: their chain
    hash as it would be since. `revision` is its own, 0 where it is about evidence.
    """

    id: UUID
    about: About
    scope: Scope
    reason: str
    asked: By
    decided: By | None = None
    is_done: bool = False
    revision: int = 0
    contents: Mapping[int, str] | None = None
    reasons: Mapping[int, str] | None = None

    @property
    def digest(self) -> str:
        """The hash of all that the redaction says, which the chain carries."""
        told: dict[str, Any] = {
            "asked": _flat(self.asked),
            "contents": _numbered(self.contents),
            "decided": _flat(self.decided) if self.decided else [],
            "id": str(self.id),
            "reason": self.reason,
            "scope": self.scope.value,
        }
        if self.reasons:
            told["reasons"] = _numbered(self.reasons)
        return digest(told | _named(self.about))


def _named(about: About) -> dict[str, Any]:
    match about:
        case Key():
            return {"cell": [about.row, about.variable, about.breakdown]}
        case Reason():
            return {"reason_of": about.revision}
        case Proof():
            return {"evidence": str(about.piece)}


def _numbered(hashes: Mapping[int, str] | None) -> list[list[int | str]]:
    return [[number, one] for number, one in sorted((hashes or {}).items())]


def _flat(one: By) -> list[str]:
    return [one.id, one.name, one.function, stamp(one.at)]


def cleaned(content: Content, scope: Scope, *, is_text: bool) -> Content:
    """Give a content without what is to be taken out; `is_text`: its value is free text."""
    value = content.value
    if is_text and content.state is State.VALUE and value is not None:
        value = without_personal(value, scope)
    return replace(content, value=value, explanation=without_personal(content.explanation, scope))


def without_personal(text: str, scope: Scope) -> str:
    """Give a text without what is to be taken out."""
    if not text:
        return text
    return REMOVED if scope is Scope.ALL else without_numbers(text, REMOVED)


def contents_after(form_version: Mapping[int, str], past: Mapping[int, Iterable[Delta]]) -> dict[int, str]:
    """Give the hash of the content of each revision, by number, as its changes make it."""
    cells: dict[Key, Content] = {}
    made: dict[int, str] = {}
    for number in sorted(form_version):
        cells |= {one.key: one.new for one in past.get(number, ())}
        made[number] = content_hash(form_version[number], cells)
    return made


def contents_since(redactions: Iterable[Redaction]) -> Mapping[int, str]:
    """Give what the last redaction says of the contents of earlier revisions; it says it of all of them."""
    last = max(redactions, key=lambda one: one.revision, default=None)
    return last.contents or {} if last else {}


def reasons_since(redactions: Iterable[Redaction]) -> Mapping[int, str]:
    """Give the chain hash of earlier revisions as it would be with the reasons that they have since."""
    last = max(redactions, key=lambda one: one.revision, default=None)
    return last.reasons or {} if last else {}


def reason_taken_out(link: Link, known: str, scope: Scope) -> str | None:
    """Give the chain hash of a revision once its reason is cleaned.

    `None` where the revision does not fit the hash `known` of it: what was changed before is still found.
    """
    return (
        chain_hash(replace(link, reason=without_personal(link.reason, scope)))
        if chain_hash(link) == known
        else None
    )


def without(answer: Mapping[str, Any], taken: Iterable[str], *, region: str, cell: Key) -> dict[str, Any]:
    """Give an answer that was kept without what was taken out of a cell.

    Only what its findings say and cite is touched, and only of findings that may be about that cell: one
    that names another region or variable stays. Short texts are sought as whole words.
    """
    sought = [re.escape(one) for one in taken]
    words = [re.compile(one if len(one) >= LONG else rf"(?<!\w){one}(?!\w)") for one in sought]

    def clean(text: str | None) -> str | None:
        for one in words:
            text = text and one.sub(REMOVED, text)
        return text

    def told(one: Mapping[str, Any]) -> Mapping[str, Any]:
        if (one.get("region") or region, one.get("variable") or cell.variable) != (region, cell.variable):
            return one
        return {**one, "message": clean(one["message"]), "value": clean(one["value"])}

    return {**answer, "findings": [told(one) for one in answer["findings"]]}


def has_personal(contents: Iterable[Content], scope: Scope, *, is_text: bool) -> bool:
    """Whether there is anything to take out of contents of a cell."""
    return any(one != EMPTY and cleaned(one, scope, is_text=is_text) != one for one in contents)


def asking_fault(reason: str, scope: Scope, *, has_any: bool) -> Finding | None:
    """Say what forbids to ask: no reason, a reason that looks personal itself, nothing to take out."""
    if len(reason) < SHORTEST_REASON:
        return Finding(
            "REDACTION_REASON", "Alasannya belum ditulis.", "Tulis mengapa teks itu harus dihapus."
        )
    if looks_like(reason):
        return Finding(
            "REDACTION_REASON",
            f"Alasannya sendiri memuat angka yang tampak seperti {looks_like(reason)}.",
            "Tulis alasannya tanpa data pribadi.",
        )
    if not has_any:
        return Finding(
            "REDACTION_NOTHING",
            f"Di sini tidak ada yang dapat dihapus ({scope.words}).",
            "Periksa yang dipilih, atau pilih menghapus seluruh teks.",
        )
    return None


def open_already() -> Finding:
    """Say that somebody asked for the same before."""
    return Finding(
        "REDACTION_OPEN",
        "Penghapusan ini sudah diminta dan menunggu orang kedua.",
        "Tunggu sampai diputuskan.",
    )


def deciding_fault(one: Redaction, actor_id: str, *, is_confirmed: bool) -> Finding | None:
    """Say what forbids to decide: it is decided, or who asked decides himself."""
    if one.decided is not None:
        return Finding("REDACTION_DECIDED", "Permintaan ini sudah diputuskan.", "Muat ulang halamannya.")
    if is_confirmed and one.asked.id == actor_id:
        return Finding(
            "REDACTION_SAME_PERSON",
            "Yang meminta tidak dapat menghapus sendiri; perlu orang kedua.",
            "Minta orang lain yang berhak untuk memeriksanya.",
        )
    return None


def gone() -> Finding:
    """Say that there is no such request."""
    return Finding("REDACTION_GONE", "Permintaan ini tidak ada.", "Muat ulang halamannya.")


def reused(request: UUID) -> Finding:
    """Refuse another request under an id that was used before."""
    return Finding(
        "MESSAGE_REUSED",
        "Nomor kiriman ini sudah dipakai untuk permintaan lain. Tidak ada yang berubah.",
        "Muat ulang halamannya, lalu minta lagi.",
        value=str(request),
    )
