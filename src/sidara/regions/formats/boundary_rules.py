"""`content/boundaries.yaml` as the core's word."""

from functools import cache

from sidara.kernel import content
from sidara.regions.core.boundaries.layer import ColumnSet, Rules


@cache
def rules() -> Rules:
    """How files of boundaries are read and how finely they are drawn."""
    told = content.load("sidara.regions", "boundaries")
    country, doubt = told["country"], told["doubt"]
    return Rules(
        sets=tuple(
            ColumnSet(one["name"], tuple(one["code"]), tuple(one["parts"]), tuple(one["label"]))
            for one in told["sets"]
        ),
        country=(country["west"], country["south"], country["east"], country["north"]),
        narrow=told["narrow"],
        area_percent=told["area_percent"],
        zooms=tuple(map(float, told["zooms"])),
        tiles={int(tile): int(zoom) for tile, zoom in told["tiles"]},
        unlike=doubt["unlike"],
        unknown=doubt["unknown"],
        likeness=doubt["likeness"],
        disclaimer=told["disclaimer"],
    )
