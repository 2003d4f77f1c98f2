"""What a reader asks the kokpit: villages real or made up, area, year, sector, form, measure; addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from django.urls import reverse

from sidara.progress.queries import Scope
from sidara.web.pages import address

MEASURES = ("kelengkapan", "ketepatan", "keraguan", "umur")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of the address, each in its Indonesian word; empty = all."""

    himpunan: str = ""
    wilayah: str = ""
    tahun: str = ""
    bidang: str = ""
    formulir: str = ""
    periode: str = ""
    ukuran: str = MEASURES[0]

    @property
    def dataset(self) -> str:
        """The data set that is asked for."""
        return address.dataset(self.himpunan)

    def scope(self, province: str) -> Scope:
        """Give what is counted; without an area the whole province."""
        return Scope(
            self.dataset,
            self.wilayah or province,
            int(self.tahun or 0),
            self.periode,
            self.formulir,
            self.bidang,
        )

    def href(self, *, page: str = "", **other: str) -> str:
        """Give the address of the same page with some parts changed; `page` is that of a file."""
        made = replace(self, **other)
        told = {one.name: getattr(made, one.name) for one in fields(Asked)}
        told = {name: text for name, text in told.items() if (name, text) != ("ukuran", MEASURES[0])}
        return address.written(page or reverse("kokpit"), told)


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out."""
    told = address.read(query, (one.name for one in fields(Asked)))
    if told["ukuran"] not in MEASURES:
        told["ukuran"] = MEASURES[0]
    return Asked(**told | {"tahun": address.year(told["tahun"])})
