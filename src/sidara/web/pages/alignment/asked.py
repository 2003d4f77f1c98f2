"""What a reader asks of Sinkronisasi: which villages, area, year, check, kind, two runs; addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from django.urls import reverse

from sidara.web.pages import address
from sidara.web.pages.address import EXAMPLE


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of the address, each in its Indonesian word; empty = as the page finds best."""

    himpunan: str = ""
    wilayah: str = ""
    tahun: str = ""
    baris: str = ""
    uji: str = ""
    jenis: str = ""
    dari: str = ""
    ke: str = ""

    @property
    def is_simulated(self) -> bool:
        """Whether example villages are meant."""
        return self.himpunan == EXAMPLE

    @property
    def year(self) -> int:
        """Give the year of plan."""
        return int(self.tahun)

    def href(self, *, page: str = "", **other: str) -> str:
        """Give the address of the same page with some parts changed; `page` is that of a file."""
        made = replace(self, **other)
        told = {one.name: getattr(made, one.name) for one in fields(Asked)}
        return address.written(page or reverse("alignment"), told)


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out."""
    told = address.read(query, (one.name for one in fields(Asked)))
    told["tahun"] = address.year(told["tahun"])
    for name in ("dari", "ke"):
        told[name] = told[name] if told[name].isascii() and told[name].isdigit() else ""
    return Asked(**told)
