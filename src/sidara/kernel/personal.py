"""Free texts that look as if they named a person: an NIK (16 digits) or a telephone number.

Persons stand in SIDARA only as officials in their function. What looks personal is warned about, and can be
taken out again.
"""

import re

NIK = r"(?:^|[^0-9])[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{6}[ .-]?[0-9]{4}(?:$|[^0-9])"
PHONE = r"(?:^|[^0-9])(?:\+?62|0)[ .-]?8[0-9]{1,2}(?:[ .-]?[0-9]{3,4}){2}[0-9]{0,2}(?:$|[^0-9])"
LOOKS_PERSONAL = f"{NIK}|{PHONE}"
_NIK, _PHONE = re.compile(NIK), re.compile(PHONE)


def looks_like(text: str) -> str:
    """Say what a text looks as if it held, in Indonesian: an NIK, a telephone number; empty = neither."""
    return "NIK" if _NIK.search(text) else "nomor telepon" if _PHONE.search(text) else ""
