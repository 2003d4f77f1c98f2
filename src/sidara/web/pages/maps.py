"""The schematic map of an area: villages on their cells, grouped by the areas right below."""

from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString

from sidara.kernel.actor import Actor
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region
from sidara.ui import hexmap
from sidara.web.pages import content, index, places
from sidara.web.pages.status import Counts, VillageScore
from sidara.web.pages.tables import share_words

MAP_STYLES = {"x": "wx", "kel": "wk"}


def style(mark: str) -> str:
    """Give the class of a cell on the map for the style of a mark."""
    return MAP_STYLES.get(mark, f"w{mark}")


def says(area: Counts, good_words: str) -> str:
    """Say in one line what an area's link on the map leads to."""
    if not area.desa:
        return f"{area.name}: tidak ada desa, tidak dinilai"
    if not area.assessed:
        return f"{area.name}: belum ada data"
    return f"{area.name}: {share_words(area.good, area.assessed)} desa {good_words}"


def of_groups(
    actor: Actor,
    area: Region,
    children: Sequence[Counts],
    villages: Mapping[str, VillageScore],
    *,
    good_words: str,
    label: str,
    with_titles: bool,
) -> SafeString:
    """Draw an area with one link for each area right below it (province, kabupaten)."""
    cells = _cells(actor, area.code, villages, with_titles=with_titles)
    below = Level(area.level + 1)
    groups = []
    for child in children:
        inside = tuple(cell for code, cell in cells.items() if code.startswith(f"{child.code}."))
        if inside:
            short = content.pages()["short_names"].get(child.code, "")
            address = places.href_of(child.code, below)
            groups.append(hexmap.Group(child.name, inside, says(child, good_words), address, short))
    return hexmap.overview(groups, label=label)


def of_villages(
    actor: Actor, area: Region, villages: Mapping[str, VillageScore], *, label: str, current: str = ""
) -> SafeString:
    """Draw a kecamatan with one link for each village; `current` is the code of the one to outline."""
    cells = _cells(actor, area.code, villages, with_titles=True)
    here = cells.get(current)
    group = hexmap.Group(area.name, tuple(cells.values()))
    return hexmap.villages([group], label=label, current=(here.column, here.row) if here else None)


def _cells(
    actor: Actor, under: str, villages: Mapping[str, VillageScore], *, with_titles: bool
) -> dict[str, hexmap.Cell]:
    """Put each village on its cell, with name and address where they are wanted."""
    found = {}
    for code, (row, column) in regions.hexmap(actor, under).cells.items():
        village = villages.get(code)
        mark = village.mark if village else index.MISSING
        name = village.name if village else code
        found[code] = hexmap.Cell(
            column,
            row,
            style(mark.style),
            name=name,
            title=f"{name}: {mark.label}" if with_titles else "",
            href=places.href_of(code, Level.VILLAGE) if with_titles else "",
        )
    return found
