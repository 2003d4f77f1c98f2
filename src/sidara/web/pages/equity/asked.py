"""What a reader asks the page of equity: area, index, measure, period, real or example villages."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from django.urls import reverse

from sidara.web.pages import address

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
        return address.dataset(self.himpunan)

    def href(self, *, page: str = "", **other: str) -> str:
        """Give the address of the same page with some parts changed; `page` is that of a file."""
        told = {one.name: getattr(replace(self, **other), one.name) for one in fields(Asked)}
        return address.written(page or reverse("equity"), told)


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out."""
    return Asked(**address.read(query, (one.name for one in fields(Asked)), longest=LONGEST))
