"""Log-in names: short, typed on phones, the same in upper and lower case and in full-width letters."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count

LONGEST = 40
UNKNOWN_DEVICE = "perangkat lain"
_SHAPE = re.compile(rf"[a-z0-9](?:[a-z0-9._-]{{1,{LONGEST - 2}}})[a-z0-9]", re.ASCII)


def normal(text: str) -> str:
    """Write a log-in name as it is kept: NFKC, lower case, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()[:LONGEST]


def is_good(name: str) -> bool:
    """Whether a normal name may be given: 3 to 40 of a-z, 0-9, dot, hyphen, underscore.

    A letter or digit stands at each end.
    """
    return _SHAPE.fullmatch(name) is not None


def free(base: str, taken: Collection[str]) -> str:
    """Give `base`, or the first of `base-2`, `base-3` … that is not taken."""
    if base not in taken:
        return base
    return next(name for number in count(2) if (name := f"{base}-{number}") not in taken)


def device(agent: str) -> str:
    """Say in words what a browser tells of itself: `Chrome di Android`; unknown parts are left out."""
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
               ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
                ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
    browser = next((word for mark, word in browsers if mark in agent), "")
    system = next((word for mark, word in systems if mark in agent), "")
    return " di ".join(part for part in (browser, system) if part) or UNKNOWN_DEVICE
