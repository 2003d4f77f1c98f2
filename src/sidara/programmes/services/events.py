"""How a command is told once: its event, the answer to the same message again, who did it before.

The event keeps in `after` what the message asked, so that the same message is known again and one with the
same id and other content is refused.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any
from uuid import UUID

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import models
from sidara.programmes.core import Act, Subject

REVISION = "revision"
_ODD = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: the thing and its revision, or what held it back; done before or not."""

    uid: UUID | None = None
    revision: int = 0
    findings: tuple[Finding, ...] = ()
    is_repeated: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.uid is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a message asks: which act on which kind of thing, with which content (plain values)."""

    subject: Subject
    act: Act
    message_id: UUID
    asked: Mapping[str, Any]
    reason: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """Give what was asked as the event keeps it: days, decimals and ids as texts."""
        plain: dict[str, Any] = json.loads(json.dumps(self.asked, default=str, sort_keys=True))
        return plain


def told_before(actor: Actor, *, deed: Deed) -> Outcome | None:
    """Give the answer to a message that was carried out before; `None` to a new one.

    A message with the same id that asks something else, or that somebody else sent, is refused; so is one
    with what no record can hold: half signs, NUL, figures that are none.
    """
    if _is_odd(deed.asked) or _is_odd(deed.reason):
        return Outcome(
            findings=(
                Finding(
                    "TEXT_CONTROL",
                    "Kiriman ini memuat tanda tersembunyi atau angka yang tidak dapat disimpan.",
                    "Ketik ulang isiannya, jangan disalin dari berkas lain.",
                ),
            )
        )
    row = models.ProgrammeEvent.objects.filter(message_id=deed.message_id).first()
    if row is None:
        return None
    kept = row.actor_id, row.subject, row.act, row.after, row.reason
    if kept == (actor.id, deed.subject, deed.act, deed.content, deed.reason):
        return Outcome(row.subject_uid, int(row.before.get(REVISION, 0)) + 1, is_repeated=True)
    return Outcome(
        findings=(
            Finding(
                "MESSAGE_REUSED",
                "Kiriman ini memakai nomor kiriman lain yang isinya berbeda, jadi tidak disimpan.",
                "Muat ulang halaman, lalu ulangi.",
                value=str(deed.message_id),
            ),
        )
    )


def _is_odd(said: object) -> bool:
    """Whether something in a message can be held by no record."""
    match said:
        case str():
            return _ODD.search(said) is not None
        case float():
            return not isfinite(said)
        case Mapping():
            return any(_is_odd(one) for pair in said.items() for one in pair)
        case list() | tuple():
            return any(map(_is_odd, said))
        case _:
            return False


def tell(  # noqa: PLR0913 - keyword-only
    actor: Actor, *, deed: Deed, subject_uid: UUID, before: Mapping[str, Any], revision: int, now: datetime
) -> Outcome:
    """Write the event of a deed; `before` is how the thing stood, `revision` the one it has now."""
    held = json.loads(json.dumps({**before, REVISION: revision - 1}, default=str, sort_keys=True))
    models.ProgrammeEvent.objects.create(
        subject=deed.subject,
        subject_uid=subject_uid,
        act=deed.act,
        before=held,
        after=deed.content,
        reason=deed.reason,
        message_id=deed.message_id,
        actor_id=actor.id,
        actor_name=actor.name,
        actor_function=actor.function,
        made_at=now,
    )
    return Outcome(subject_uid, revision)
