"""What a reader asks of Sinkronisasi: which villages, area, year, check, kind, two runs; addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.urls import reverse

LONGEST = 40
YEAR_DIGITS = 4
REAL, EXAMPLE = "nyata", "contoh"


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
        told = {one.name: text for one in fields(Asked) if (text := getattr(made, one.name))}
        address = page or reverse("alignment")
        return f"{address}?{urlencode(told)}" if told else address


def read(query: Mapping[str, str]) -> Asked:
    """Read an address; what is none is left out."""
    told = {one.name: query.get(one.name, "")[:LONGEST] for one in fields(Asked)}
    told = {name: text if text.isprintable() else "" for name, text in told.items()}
    is_year = told["tahun"].isascii() and told["tahun"].isdigit() and len(told["tahun"]) == YEAR_DIGITS
    told["tahun"] = told["tahun"] if is_year else ""
    told["himpunan"] = told["himpunan"] if told["himpunan"] in {REAL, EXAMPLE} else ""
    for name in ("dari", "ke"):
        told[name] = told[name] if told[name].isascii() and told[name].isdigit() else ""
    return Asked(**told)
