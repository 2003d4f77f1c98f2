"""The verdict of a submission, the same for every door: what was found, computed and counted, what blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sidara.checks.core import CellFinding
from sidara.collection.core.submission import Key, SubmissionKey
from sidara.kernel.finding import Finding

NOT_FILLED = frozenset({"REQUIRED_EMPTY", "LIST_EMPTY"})
"""What is said of an answer that is asked and not given yet: open work, no fault of what is there."""
BESIDE_RULES = frozenset({"LIST_EMPTY", "REASON_MISSING", "TEXT_PERSONAL"})
"""What this room says besides the rules of a form; a device says it by itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it stands on a submission.

    `key` is the cell at which it stands (`None`: the form as a whole), `is_explained` whether somebody wrote
    an explanation at one of the cells of this submission that it names.
    """

    finding: CellFinding
    key: Key | None
    is_explained: bool = False

    @property
    def is_blocking(self) -> bool:
        """Whether it holds back sending: an error, or a warning that nobody explained."""
        return self.finding.is_blocking or (self.finding.needs_explanation and not self.is_explained)

    def flat(self) -> dict[str, object]:
        """Give it as one flat mapping, the form of pages, the API and the command line."""
        one, place = self.finding, self.finding.place
        return {
            "code": one.code,
            "rule": one.rule,
            "severity": str(one.severity),
            "row": self.key.row if self.key else "",
            "variable": self.key.variable if self.key else "",
            "breakdown": self.key.breakdown if self.key else "",
            "place": str(place),
            "value": one.value,
            "message": one.message,
            "remedy": one.remedy,
            "explained": self.is_explained,
            "blocking": self.is_blocking,
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is filled: numbers of cells that somebody is asked.

    `required` are the cells of required questions, columns of present rows and lists that concern this
    region; of them `filled` have any state but `belum_diisi` (`unknown` of these say `tidak_tahu`), and
    `not_applicable` are skipped by their relevance or say `tidak_berlaku`. `asked` are all cells, required
    or not, that a region of this kind is asked.
    """

    asked: int = 0
    required: int = 0
    filled: int = 0
    unknown: int = 0
    not_applicable: int = 0

    @property
    def open(self) -> int:
        """Required cells that apply and are not filled."""
        return self.required - self.not_applicable - self.filled

    def flat(self) -> dict[str, int]:
        """Give the numbers by their names, as every door writes them."""
        names = ("asked", "required", "filled", "unknown", "not_applicable", "open")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Judged:
    """The verdict of one submission.

    `revision` is the one judged (0 = nobody began), `form_number` and `form_version` name the version of the
    form, `rules` that of the rule book. `told` are findings in the order of the rules; `open` those that
    could not be evaluated, with their reason. `derived` are computed values as text by cell (rows included).
    `not_applicable` are cells that relevance skips. `conflicts` are cells with two contents. `unread` are
    cells of a dry run that could not be read; they are not judged.
    """

    key: SubmissionKey
    revision: int
    form_number: int
    form_version: str
    rules: str
    told: tuple[Told, ...] = ()
    open: tuple[Told, ...] = ()
    derived: Mapping[Key, str] = field(default_factory=dict)
    not_applicable: frozenset[Key] = frozenset()
    conflicts: tuple[Key, ...] = ()
    counts: Counts = Counts()
    unread: tuple[Finding, ...] = ()

    @property
    def blocking(self) -> tuple[Told, ...]:
        """What holds back sending, of the findings."""
        return tuple(one for one in self.told if one.is_blocking)

    @property
    def unexplained(self) -> tuple[Told, ...]:
        """Warnings that wait for an explanation."""
        return tuple(one for one in self.told if one.finding.needs_explanation and not one.is_explained)

    @property
    def is_ready(self) -> bool:
        """Whether the submission can be sent: begun, nothing that blocks, nothing in conflict."""
        return self.revision > 0 and not self.blocking and not self.conflicts

    def at(self, key: Key) -> tuple[Told, ...]:
        """Give the findings that stand at a cell."""
        return tuple(one for one in self.told if one.key == key)
