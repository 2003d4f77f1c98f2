"""What a reader asks the page of equity: area, index, measure, period, real or example villages."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.urls import reverse

from sidara.collection.core import COLLECTION, EXAMPLES

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of the address, each in its Indonesian word; empty = what the page chooses by itself."""

    wilayah: str = ""
    indeks: str = ""
    ukuran: str = ""
    tahun: str = ""
    himpunan: str = ""

    @property
    def dataset(self) -> str:
        """The data set of what villages fill in: that of example villages, or of real ones."""
        return EXAMPLES if self.himpunan == "contoh" else COLLECTION

    def href(self, *, page: str = "", **other: str) -> str:
        """Give the address of the same page with some parts changed; `page` is that of a file."""
        told = {one.name: getattr(replace(self, **other), one.name) for one in fields(Asked)}
        told = {name: text for name, text in told.items() if text}
        address = page or reverse("equity")
        return f"{address}?{urlencode(told)}" if told else address


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what no record holds (NUL among it) is left out."""
    told = {one.name: query.get(one.name, "")[:LONGEST] for one in fields(Asked)}
    told = {name: text if text.isprintable() else "" for name, text in told.items()}
    if told["himpunan"] not in {"contoh", "nyata"}:
        told["himpunan"] = ""
    return Asked(**told)
