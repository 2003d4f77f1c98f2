"""What a reader asks the registers: villages real or made up, area, year, status, day; addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from sidara.programmes.core.registers import Status
from sidara.programmes.queries import Scope
from sidara.web.pages import address


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of the address, each in its Indonesian word; empty = all, or what is usual."""

    himpunan: str = ""
    wilayah: str = ""
    tahun: str = ""
    keadaan: str = ""
    pada: str = ""
    tingkat: str = ""
    asal: str = ""
    nasib: str = ""

    @property
    def dataset(self) -> str:
        """The data set that is asked for."""
        return address.dataset(self.himpunan)

    @property
    def status(self) -> Status:
        """Which lists count."""
        return Status(self.keadaan) if self.keadaan else Status.SENT

    def scope(self, province: str) -> Scope:
        """Give what is counted; without an area the whole province."""
        day = date.fromisoformat(self.pada) if self.pada else None
        return Scope(self.wilayah or province, int(self.tahun or 0), self.status, day, self.dataset)

    def href(self, page: str, **other: str) -> str:
        """Give the address of a page with some parts changed."""
        made = replace(self, **other)
        return address.written(page, {one.name: getattr(made, one.name) for one in fields(Asked)})


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out."""
    told = address.read(query, (one.name for one in fields(Asked)))
    told["tahun"] = address.year(told["tahun"])
    told["keadaan"] = told["keadaan"] if told["keadaan"] in set(Status) else ""
    try:
        date.fromisoformat(told["pada"] or "0001-01-01")
    except ValueError:
        told["pada"] = ""
    return Asked(**told)
