"""Free texts that look as if they named a person: an NIK (16 digits) or a telephone number.

Persons stand in SIDARA only as officials in their function; such a text is stored, and warned about.
"""

from collections.abc import Iterable, Iterator

from sidara.collection.core.answering import Asking
from sidara.collection.core.submission import Content, Sent
from sidara.dictionary.core import Column, ListOfRows, Type, Variable
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
    found: list[Finding] = []
    for one in sent:
        code = one.key.variable
        asked = asking.variables.get(code) or asking.columns.get(code) or asking.lists.get(code)
        if asked is not None:
            found += personal_content(asked, one.content, one.place)
    return found


def personal_content(
    asked: Variable | Column | ListOfRows, content: Content, place: Place
) -> Iterator[Finding]:
    """Warn of the explanation of an answer, and of its text, where they look personal; most have neither."""
    texts = [(f"Penjelasan {asked.name}", content.explanation)]
    if not isinstance(asked, ListOfRows) and asked.type is Type.TEXT:
        texts.append((asked.name, content.value or ""))
    yield from (said for named, text in texts if text and (said := personal_text(named, text, place)))


def is_cleared_up(content: Content) -> bool:
    """Whether somebody wrote beside such an answer what its figures are; that text names nobody itself."""
    return bool(content.explanation) and not looks_like(content.explanation)
