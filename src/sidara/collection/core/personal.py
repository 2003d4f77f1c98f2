"""Free texts that look as if they named a person: an NIK (16 digits) or a telephone number.

Persons stand in SIDARA only as officials in their function; such a text is stored, and warned about.
"""

import re
from collections.abc import Iterable

from sidara.collection.core.answering import Asking
from sidara.collection.core.submission import Sent
from sidara.dictionary.core import Type
from sidara.kernel.finding import Finding, Place, Severity

NIK = r"(?:^|[^0-9])[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?[0-9]{6}[ .-]?[0-9]{4}(?:$|[^0-9])"
PHONE = r"(?:^|[^0-9])(?:\+?62|0)[ .-]?8[0-9]{1,2}(?:[ .-]?[0-9]{3,4}){2}[0-9]{0,2}(?:$|[^0-9])"
LOOKS_PERSONAL = f"{NIK}|{PHONE}"
_NIK, _PHONE = re.compile(NIK), re.compile(PHONE)


def personal_text(named: str, text: str, place: Place) -> Finding | None:
    """Warn of a text that looks personal; the finding does not repeat the digits."""
    what = "NIK" if _NIK.search(text) else "nomor telepon" if _PHONE.search(text) else ""
    if not what:
        return None
    return Finding(
        "TEXT_PERSONAL",
        f"{named} memuat angka yang tampak seperti {what}.",
        "Hapus data pribadi warga; sebut jabatan atau tempatnya saja.",
        Severity.WARNING,
        place,
    )


def personal_texts(asking: Asking, sent: Iterable[Sent]) -> list[Finding]:
    """Warn of free texts and explanations that look personal."""
    found = []
    for one in sent:
        asked = asking.variables.get(one.key.variable) or asking.columns.get(one.key.variable)
        texts = [("Penjelasan " + one.key.variable, one.content.explanation)]
        if asked is not None and asked.type is Type.TEXT:
            texts.append((asked.name, one.content.value or ""))
        found += [said for named, text in texts if (said := personal_text(named, text, one.place))]
    return found
