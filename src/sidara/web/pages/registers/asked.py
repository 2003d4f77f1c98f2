"""What a reader asks the registers: villages real or made up, area, year, status, day; addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.programmes.core.registers import Status
from sidara.programmes.queries import Scope

LONGEST = 40
YEAR_DIGITS = 4
DATASETS = {"nyata": COLLECTION, "contoh": EXAMPLES}


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
        return DATASETS.get(self.himpunan, COLLECTION)

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
        told = {one.name: getattr(made, one.name) for one in fields(Asked) if getattr(made, one.name)}
        return f"{page}?{urlencode(told)}" if told else page


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out, and so is what no record holds (NUL among it)."""
    told = {one.name: query.get(one.name, "")[:LONGEST] for one in fields(Asked)}
    told = {name: text if text.isprintable() else "" for name, text in told.items()}
    is_year = told["tahun"].isascii() and told["tahun"].isdigit() and len(told["tahun"]) == YEAR_DIGITS
    told["tahun"] = told["tahun"] if is_year else ""
    told["himpunan"] = told["himpunan"] if told["himpunan"] in DATASETS else ""
    told["keadaan"] = told["keadaan"] if told["keadaan"] in set(Status) else ""
    try:
        date.fromisoformat(told["pada"] or "0001-01-01")
    except ValueError:
        told["pada"] = ""
    return Asked(**told)
