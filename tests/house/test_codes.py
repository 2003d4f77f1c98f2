"""Codes are read in one place: who slices them elsewhere takes a region's old place for its present."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "sidara"
READER = SOURCE / "regions" / "core" / "code.py"
SLICED = re.compile(r'\bcodes?\w*\[:\s*\d|\.startswith\(f"\{[^}]*\}\."\)')
"""`code[:5]`, `startswith(f"{code}.")`: an area taken from how a code begins."""
BARED = re.compile(r'replace\("\.", ""\)')


def lines(pattern: re.Pattern[str], *elsewhere: str) -> list[str]:
    """Lines of the product that match, but for the reader of codes and the rooms named."""
    return [
        f"{file.relative_to(SOURCE)}:{number} {line.strip()}"
        for file in sorted(SOURCE.rglob("*.py"))
        if file != READER and file.relative_to(SOURCE).parts[0] not in elsewhere
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_area_is_taken_from_how_a_code_begins() -> None:
    assert lines(SLICED, "demo") == [], "the demo takes seeds from codes, nothing else does"


def test_codes_lose_their_dots_where_they_are_read_only() -> None:
    assert lines(BARED, "web") == [], "pages take the dots out of numbers"
