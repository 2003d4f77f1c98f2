"""What a reader asks the kokpit: villages real or made up, area, year, sector, form, measure; addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.urls import reverse

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.progress.queries import Scope

MEASURES = ("kelengkapan", "ketepatan", "keraguan", "umur")
LONGEST = 40
YEAR_DIGITS = 4


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
        return EXAMPLES if self.himpunan == "contoh" else COLLECTION

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
        told = {name: text for name, text in told.items() if text and (name, text) != ("ukuran", MEASURES[0])}
        address = page or reverse("kokpit")
        return f"{address}?{urlencode(told)}" if told else address


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out, and so is what no record holds (NUL among it)."""
    told = {one.name: query.get(one.name, "")[:LONGEST] for one in fields(Asked)}
    told = {name: text if text.isprintable() else "" for name, text in told.items()}
    if told["ukuran"] not in MEASURES:
        told["ukuran"] = MEASURES[0]
    is_year = told["tahun"].isascii() and told["tahun"].isdigit() and len(told["tahun"]) == YEAR_DIGITS
    told["tahun"] = told["tahun"] if is_year else ""
    told["himpunan"] = told["himpunan"] if told["himpunan"] in {"contoh", "nyata"} else ""
    return Asked(**told)
