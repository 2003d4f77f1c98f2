"""What is said about a file: finding by finding up to a bound, and beyond it only how many of which code.

A small file can be wrong a million times over. Verdicts count every cell; findings take memory each, so what
is beyond the bound is counted where it is found, and said once.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number

MOST_KEPT = 20_000
"""Findings about one file that are kept; what is beyond is counted by code."""
_CODES = 8
"""Codes that are named where findings were left out; of the others the number is said."""


class Telling:
    """Findings about one file in the order in which they are found."""

    def __init__(self, findings: Iterable[Finding] = (), left: Mapping[str, int] | None = None) -> None:
        """Take what a reader of the file found, and what it only counted (code -> number)."""
        self.kept: list[Finding] = []
        self.left: Counter[str] = Counter(left or {})
        self.take(findings)

    @property
    def room(self) -> int:
        """How many more findings are kept."""
        return MOST_KEPT - len(self.kept)

    def add(self, finding: Finding) -> None:
        """Keep a finding, or count it."""
        if self.room > 0:
            self.kept.append(finding)
        else:
            self.left[finding.code] += 1

    def take(self, findings: Iterable[Finding]) -> None:
        """Keep findings one by one as far as there is room, and count the others."""
        for one in findings:
            self.add(one)

    def count(self, left: Mapping[str, int]) -> None:
        """Count findings that were not made."""
        self.left.update({code: number for code, number in left.items() if number > 0})

    def told(self) -> tuple[Finding, ...]:
        """Give what is kept, and before it what was left out, where anything was."""
        return (*([left_out(self.left)] if self.left.total() else []), *self.kept)


def left_out(left: Counter[str]) -> Finding:
    """Say how many findings are counted and not listed."""
    named = [f"{code} {format_number(count)}" for code, count in left.most_common(_CODES)]
    more = f" dan {len(left) - _CODES} jenis lain" if len(left) > _CODES else ""
    return Finding(
        "FINDINGS_LEFT",
        f"{format_number(left.total())} temuan lain dihitung dan tidak disebut satu per satu "
        f"({', '.join(named)}{more}).",
        "Perbaiki dahulu temuan yang disebut, atau bagi berkasnya, lalu kirim lagi.",
        Severity.INFO,
        value=str(left.total()),
    )
