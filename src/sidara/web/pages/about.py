"""The page about SIDARA: which data sets it holds, from where, under which licence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sidara.collection.core import DataSet
from sidara.kernel.actor import Actor
from sidara.kernel.clock import WIB
from sidara.regions import queries as regions
from sidara.ui.language import format_date, say
from sidara.warehouse import queries as warehouse
from sidara.web.pages.maps import layer_notes


@dataclass(frozen=True)
class AboutPage:
    """The data sets open to the reader, the register's package, how fresh the facts are, whose boundaries."""

    datasets: Sequence[DataSet]
    register: str
    decree: str
    newest: str
    boundaries: Sequence[str]


def build(actor: Actor) -> AboutPage:
    """Build the page."""
    changed = warehouse.status(actor).newest_change
    layer = regions.boundary_layer_now(actor)
    return AboutPage(
        warehouse.open_datasets(actor),
        regions.package_source(actor),
        regions.decree_source(actor),
        _moment(changed) if changed else "",
        layer_notes(layer) if layer else (),
    )


def _moment(changed: datetime) -> str:
    """Write a moment as people here write it (`24 November 2026 pukul 20.32 WIB`)."""
    local = changed.astimezone(WIB)
    return say(
        "{date} pukul {hour}.{minute} WIB",
        date=format_date(local.date()),
        hour=f"{local:%H}",
        minute=f"{local:%M}",
    )
