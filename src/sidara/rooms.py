"""The architecture in one tuple: the rooms in the order in which data flow.

Data flow from the first room to the last; imports point the other way. The import contracts in
`pyproject.toml` and the house tests hold the tree to this tuple.
"""

ROOMS: tuple[str, ...] = (
    "regions",
    "dictionary",
    "accounts",
    "evidence",
    "checks",
    "collection",
    "verification",
    "warehouse",
    "progress",
    "indices",
    "programmes",
)
"""Rooms that exist today, lowest first. A room is added when something lives in it."""

FURNITURE: tuple[str, ...] = ("kernel", "expressions", "records", "tables", "ui")
"""What every room may use and what uses no room."""

FRONT: tuple[str, ...] = ("web", "demo", "cli")
"""What stands above all rooms: the front door, the simulated province, the command line."""

APART: tuple[str, ...] = ("client",)
"""What uses no room and no room uses: it speaks to a SIDARA over the network only."""
