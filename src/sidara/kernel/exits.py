"""Exit codes of the command line, the same for every command."""

from enum import IntEnum


class Exit(IntEnum):
    """0 good; 2 some rejected or conflicting; 1 refused or our fault; 64 wrong usage."""

    GOOD = 0
    REFUSED = 1
    PARTIAL = 2
    USAGE = 64
