"""The code that stands on each page of a paper form: which form, village, period, version, and which page."""

import re
from dataclasses import dataclass

SIGN = "SIDARA1"
_CODE = re.compile(rf"^{SIGN}\|([A-Z0-9_]+)\|([0-9.]+)\|([0-9A-Z-]+)\|(\d+)\|(\d+)\|(\d+)$")


@dataclass(frozen=True, slots=True)
class PageCode:
    """What the QR code of a page says; `page` of `pages` of that village's form."""

    form: str
    region: str
    period: str
    version: int
    page: int
    pages: int

    def text(self) -> str:
        """Write it: signs of the alphanumeric mode but for `|` and `_`, so that the code stays coarse."""
        parts = (SIGN, self.form, self.region, self.period, self.version, self.page, self.pages)
        return "|".join(str(part) for part in parts)


def page_code(text: str) -> PageCode | None:
    """Read the code of a page; `None` where it is none of ours."""
    found = _CODE.match(text.strip())
    if found is None:
        return None
    form, region, period, *numbers = found.groups()
    version, page, pages = map(int, numbers)
    return PageCode(form, region, period, version, page, pages)
