"""What can go wrong, as the API says it."""

from collections.abc import Mapping
from typing import Any


class Fault(Exception):  # noqa: N818 - reads as the word it is
    """An answer that is no answer: no link, or a fault of the server's."""


class Refused(Fault):
    """A request that the API refused: its code, what is wrong, how to mend it, all findings."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        """Take the problem as it came."""
        self.code = str(problem.get("code", ""))
        self.status = int(problem.get("status", 0))
        self.findings: list[dict[str, Any]] = list(problem.get("findings", ()))
        super().__init__(f"{problem.get('title', '')} {problem.get('detail', '')} [{self.code}]".strip())
