"""The public page of minutes: what they say, and whether a paper is the one that was made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from sidara.collection.core import EXAMPLES
from sidara.kernel.actor import Actor
from sidara.ui.language import format_date, format_moment, format_number, say
from sidara.verification import queries
from sidara.verification.core import file_hash, read_code

FILE = "berkas"
"""The field of the paper that is handed in."""


@dataclass(frozen=True)
class Verdict:
    """Whether a paper that was handed in is the one that was made; its hash stands beside."""

    is_same: bool
    file_hash: str


@dataclass(frozen=True)
class Page:
    """Minutes as everybody sees them: no figures, no names of persons; `forms` counts submissions by form."""

    code: str
    step: str
    area: str
    made: str
    function: str
    count: str
    forms: Sequence[tuple[str, str]]
    content_hash: str
    file_hash: str
    root: str
    is_whole: bool
    is_example: bool
    verdict: Verdict | None = None

    @property
    def finding(self) -> str:
        """What came of the check, in one sentence."""
        if not self.is_whole:
            return say("Catatan berita acara ini tidak cocok lagi dengan sidiknya.")
        if self.verdict is None:
            return say("Berita acara ini ada dan utuh.")
        if self.verdict.is_same:
            return say("Berkas Anda cocok: inilah berita acara yang dibuat.")
        return say("Berkas Anda BUKAN berita acara yang dibuat. Isinya berbeda.")


def build(actor: Actor, code: str, file: "UploadedFile[Any] | None" = None) -> Page | None:
    """Build the page of minutes by their code as it was typed; `None` where there are none."""
    kept = queries.minutes(actor, read_code(code))
    if kept is None:
        return None
    made = kept.minutes
    forms = Counter(one.form_name for one in made.entries)
    own = None if file is None else file_hash(file.read())
    return Page(
        kept.code,
        say(made.step.words),
        made.area_name,
        format_moment(made.made_at),
        made.actor_function,
        format_number(len(made.entries)),
        [(name, format_number(count)) for name, count in sorted(forms.items())],
        kept.content_hash,
        kept.file_hash,
        f"{format_date(made.root_day)}: {made.root_hash}" if made.root_day else "",
        kept.is_whole,
        any(one.dataset == EXAMPLES for one in made.entries),
        None if own is None else Verdict(own == kept.file_hash, own),
    )
