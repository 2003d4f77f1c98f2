"""Free texts that look as if they named a person: an NIK (16 digits) or a telephone number.

Persons stand in SIDARA only as officials in their function; such a text is stored, and warned about.
"""

from collections.abc import Iterable

from sidara.collection.core.answering import Asking
from sidara.collection.core.submission import Sent
from sidara.dictionary.core import Type
from sidara.kernel.finding import Finding, Place, Severity
from sidara.kernel.personal import looks_like


def personal_text(named: str, text: str, place: Place) -> Finding | None:
    """Warn of a text that looks personal; the finding does not repeat the digits."""
    what = looks_like(text)
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
