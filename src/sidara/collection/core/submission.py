"""Submissions: one form x one subject x one period, changed by revisions, merged cell by cell.

A save carries the revision it was made on (`base`) and the cells that its author changed. A cell that nobody
else changed since is stored; one that was changed on both sides is a *conflict*: the stored content stays,
the sent one is kept beside it until a person who has seen both saves that cell again. No clock decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sidara.collection.core.account import Verdict
from sidara.collection.core.dataset import dataset_of
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding, Place


class Source(StrEnum):
    """The door through which a revision came."""

    WEB = "web"
    OFFLINE = "offline"
    TAKE_AWAY = "take_away"
    EXCEL = "excel"
    CSV = "csv"
    API = "api"
    PAPER = "paper"
    PREFILL = "prefill"
    MIGRATION = "migration"
    REDACTION = "redaction"


@dataclass(frozen=True, slots=True)
class SubmissionKey:
    """Which submission: form, region (dotted code), period (SDMX text), data set (empty = the region's)."""

    form: str
    region: str
    period: str
    dataset: str = ""

    def __post_init__(self) -> None:
        """Follow the region where no data set is named."""
        if not self.dataset:
            object.__setattr__(self, "dataset", dataset_of(self.region))


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Which cell of a submission: `row` of a list (UUIDv7, empty outside lists), variable, breakdown."""

    row: str
    variable: str
    breakdown: str

    def flat(self) -> dict[str, str]:
        """Give the key as plain words, as every door writes it."""
        return {"row": self.row, "variable": self.variable, "breakdown": self.breakdown}


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell says: its state, its value as canonical text (only in state `nilai`), an explanation."""

    state: State
    value: str | None = None
    explanation: str = ""

    def flat(self) -> dict[str, str | None]:
        """Give the content as plain words, as every door writes it and the records hold it."""
        return {"state": self.state.value, "value": self.value, "explanation": self.explanation}


EMPTY = Content(State.EMPTY)
UNLOCKING = (
    "Sebelum diperiksa kecamatan, minta pengirimnya menarik kembali kirimannya; sesudah itu, minta pemeriksa"
    " mengembalikan selnya."
)
"""How what was sent can be changed again."""


@dataclass(frozen=True, slots=True)
class Held:
    """The content of a cell and the revision that set it."""

    content: Content
    revision: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that was changed on both sides: what others sent beside what is stored.

    `revision` is the one that last added something sent: who saves the cell on it or later has seen all.
    """

    sent: tuple[Content, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A cell as sent by a door: where it goes, what it says, where it stood in what was handed in."""

    key: Key
    content: Content
    place: Place = field(default_factory=Place)


NEW_ROWS = "*"
"""In place of a row in a lock: rows of a column's list that came after the revision told as breakdown."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The aggregate as it stands: number of its last revision (0 while there is none), cells, conflicts.

    A cell that is not in `cells` is empty. With `is_locked` (sent, verified, final) no cell takes a change,
    new ones included, but those that were `opened` again, and those of rows of lists that came after the
    revision that `added` gives for their column.
    """

    revision: int = 0
    cells: Mapping[Key, Held] = field(default_factory=dict)
    conflicts: Mapping[Key, Conflict] = field(default_factory=dict)
    is_locked: bool = False
    opened: frozenset[Key] = frozenset()
    added: Mapping[str, int] = field(default_factory=dict)

    def takes(self, key: Key) -> bool:
        """Whether a cell may be changed."""
        return not self.is_locked or key in self.opened or self._is_added(key)

    def _is_added(self, key: Key) -> bool:
        """Whether a cell belongs to a row that was not there when its list was opened."""
        since = self.added.get(key.variable) if key.row else None
        if since is None:
            return False
        return all(held.revision > since for own, held in self.cells.items() if own.row == key.row)

    @property
    def contents(self) -> dict[Key, Content]:
        """What its cells say now."""
        return {key: held.content for key, held in self.cells.items()}

    def content(self, key: Key) -> Content:
        """Give what a cell says now."""
        held = self.cells.get(key)
        return EMPTY if held is None else held.content


@dataclass(frozen=True, slots=True)
class Delta:
    """A cell that a revision changed, from old to new."""

    key: Key
    old: Content
    new: Content


@dataclass(frozen=True, slots=True)
class Kept:
    """Something sent that a revision keeps beside the stored content of a cell in conflict."""

    key: Key
    content: Content


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a save: a verdict for every cell sent, in its order, and what the revision records.

    `deltas` change, `kept` are kept in conflict, `closed` are the conflicts that a person decided.
    When `records` is false nothing was new and there is no revision to write.
    """

    verdicts: tuple[Verdict, ...]
    deltas: tuple[Delta, ...] = ()
    kept: tuple[Kept, ...] = ()
    closed: tuple[Key, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def records(self) -> bool:
        """Whether a revision is needed to hold what is new."""
        return bool(self.deltas or self.kept or self.closed)

    def counts(self) -> dict[str, int]:
        """Count the cells by verdict."""
        return {verdict.value: self.verdicts.count(verdict) for verdict in Verdict}


def merge_cells(submission: Submission, base: int, sent: Sequence[Sent]) -> Merged:
    """Judge every cell of a save against the submission; nothing is changed yet (see `apply`).

    `base` is the revision that the author saw. Refuses as a whole (all rejected) a base that this submission
    never had; rejects locked cells that would change and cells that stand twice with different contents.
    """
    if not 0 <= base <= submission.revision:
        return _refused(submission, base, sent)
    once: dict[Key, Content] = {}
    contradicted: set[Key] = set()
    for one in sent:
        if once.setdefault(one.key, one.content) != one.content:
            contradicted.add(one.key)
    verdicts: list[Verdict] = []
    findings: list[Finding] = []
    deltas: dict[Key, Delta] = {}
    kept: dict[Key, Kept] = {}
    closed: dict[Key, None] = {}
    for one in sent:
        fault = cell_twice(one) if one.key in contradicted else _lock(submission, one)
        if fault is not None:
            findings.append(fault)
            verdicts.append(Verdict.REJECTED)
            continue
        verdict = _verdict(submission, base, one)
        verdicts.append(verdict)
        conflict = submission.conflicts.get(one.key)
        if verdict is Verdict.CONFLICTING:
            if conflict is None or one.content not in conflict.sent:
                kept[one.key] = Kept(one.key, one.content)
            findings.append(_conflict(submission, one))
            continue
        if verdict is not Verdict.UNCHANGED:
            deltas[one.key] = Delta(one.key, submission.content(one.key), one.content)
        if conflict is not None and base >= conflict.revision:
            closed[one.key] = None
    return Merged(
        tuple(verdicts), tuple(deltas.values()), tuple(kept.values()), tuple(closed), tuple(findings)
    )


def apply(submission: Submission, merged: Merged) -> Submission:
    """Give the submission after the revision that records `merged`; itself when there is nothing new."""
    if not merged.records:
        return submission
    number = submission.revision + 1
    cells = {**submission.cells, **{one.key: Held(one.new, number) for one in merged.deltas}}
    conflicts = {key: one for key, one in submission.conflicts.items() if key not in merged.closed}
    for kept in merged.kept:
        before = conflicts.get(kept.key)
        conflicts[kept.key] = Conflict((*(before.sent if before else ()), kept.content), number)
    return replace(submission, revision=number, cells=cells, conflicts=conflicts)


def _verdict(submission: Submission, base: int, one: Sent) -> Verdict:
    """Judge a cell that may be stored."""
    held = submission.cells.get(one.key)
    if one.content == submission.content(one.key):
        return Verdict.UNCHANGED
    conflict = submission.conflicts.get(one.key)
    seen = max(held.revision if held else 0, conflict.revision if conflict else 0)
    if base < seen:
        return Verdict.CONFLICTING
    return Verdict.CREATED if submission.content(one.key).state is State.EMPTY else Verdict.UPDATED


def _named(key: Key) -> str:
    """Name a cell in a sentence."""
    parts = (
        key.variable,
        "" if key.breakdown == TOTAL else key.breakdown,
        f"baris {key.row}" if key.row else "",
    )
    return ", ".join(part for part in parts if part)


def _lock(submission: Submission, one: Sent) -> Finding | None:
    """Refuse a change of a locked cell; the same content again is no change."""
    if submission.takes(one.key) or one.content == submission.content(one.key):
        return None
    return Finding(
        "CELL_LOCKED",
        f"{_named(one.key)} sudah dikirim sehingga tidak dapat diubah. Isinya tetap.",
        UNLOCKING,
        place=one.place,
        value=one.content.value,
    )


def evidence_locked() -> Finding:
    """Say that a submission takes and loses no evidence any more."""
    return Finding(
        "CELL_LOCKED",
        "Isian ini sudah dikirim sehingga buktinya tidak dapat diubah.",
        UNLOCKING,
    )


def cell_twice(one: Sent) -> Finding:
    """Refuse a cell that stands twice with different contents: nobody can say which is meant."""
    return Finding(
        "CELL_TWICE",
        f"{_named(one.key)} dikirim lebih dari sekali dengan isi yang berbeda.",
        "Sisakan satu isi untuk sel ini, lalu kirim lagi.",
        place=one.place,
        value=one.content.value,
    )


def _conflict(submission: Submission, one: Sent) -> Finding:
    """Say that both sides changed a cell and that both contents are kept."""
    return Finding(
        "CELL_CONFLICT",
        f"{_named(one.key)} juga diubah orang lain: tersimpan {_said(submission.content(one.key))}, "
        f"dikirim {_said(one.content)}. Keduanya disimpan.",
        "Pilih isi yang benar, lalu simpan sel ini.",
        place=one.place,
        value=one.content.value,
    )


def _said(content: Content) -> str:
    """Say a content in a sentence."""
    return content.value if content.value is not None else content.state.words


def _refused(submission: Submission, base: int, sent: Sequence[Sent]) -> Merged:
    """Refuse a save on a revision that is not of this submission."""
    finding = Finding(
        "BASE_UNKNOWN",
        f"Isian ini dibuat di atas revisi {base}, sedangkan revisi terakhir di sini {submission.revision}.",
        "Muat ulang formulir ini, lalu simpan lagi; isian Anda tetap ada di perangkat.",
        value=str(base),
    )
    return Merged(tuple(Verdict.REJECTED for _ in sent), findings=(finding,))
