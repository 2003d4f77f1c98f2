"""The account of an import: one verdict for every cell that was sent, and the findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sidara.kernel.finding import Finding, Place, Severity


class Verdict(StrEnum):
    """What became of a cell.

    conflicting: what is stored stays. In a submission it was changed on both sides, and what was sent is kept
    beside it; in a data set the file is older than what is stored and says otherwise.
    rejected: it cannot be stored (unknown key, wrong type); its finding says why.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICTING = "conflicting"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Account:
    """Counts of cells by verdict; `sent` is their sum and cannot be otherwise.

    An empty cell is not sent. A row that could not be read at all counts with all value columns of
    its table. `is_stored`: the created and updated cells are in the records; false for a dry run, for
    a refused file (all counts 0), where every cell was rejected, and where all-or-nothing found a fault.
    `left` counts the findings that are not in `findings`.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicting: int = 0
    rejected: int = 0
    findings: tuple[Finding, ...] = ()
    is_stored: bool = False
    is_refused: bool = False
    left: int = 0

    @property
    def sent(self) -> int:
        """All cells that were sent."""
        return self.created + self.updated + self.unchanged + self.conflicting + self.rejected

    @property
    def is_clean(self) -> bool:
        """Whether every cell that was sent is stored as sent."""
        return not self.is_refused and not self.conflicting and not self.rejected

    @classmethod
    def of(
        cls, verdicts: Mapping[str, int], findings: tuple[Finding, ...], *, is_stored: bool, left: int = 0
    ) -> "Account":
        """Make an account of counts by verdict."""
        return cls(
            created=verdicts.get(Verdict.CREATED.value, 0),
            updated=verdicts.get(Verdict.UPDATED.value, 0),
            unchanged=verdicts.get(Verdict.UNCHANGED.value, 0),
            conflicting=verdicts.get(Verdict.CONFLICTING.value, 0),
            rejected=verdicts.get(Verdict.REJECTED.value, 0),
            findings=findings,
            is_stored=is_stored,
            left=left,
        )

    @classmethod
    def refused(cls, findings: tuple[Finding, ...]) -> "Account":
        """Make the account of what was refused as a whole."""
        return cls(findings=findings, is_refused=True)

    def flat(self) -> dict[str, object]:
        """Give the account as one mapping, the form of reports and the command line."""
        return {
            "sent": self.sent,
            **{str(verdict): getattr(self, verdict) for verdict in Verdict},
            "stored": self.is_stored,
            "refused": self.is_refused,
            "findings": [finding.flat() for finding in self.findings],
        }


def finding_of(flat: Mapping[str, Any]) -> Finding:
    """Read a finding that was kept flat."""
    return Finding(
        flat["code"],
        flat["message"],
        flat["remedy"],
        Severity(flat["severity"]),
        Place(flat["line"], flat["column"], flat["sheet"]),
        flat["value"],
    )
