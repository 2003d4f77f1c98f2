"""What tests of verification share: the register, people with their roles, a filled form."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sidara.accounts import queries as accounts
from sidara.collection import queries as collection
from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import PUBLIC, PUBLIC_OPERATIONS, Actor, Area, Grant
from sidara.verification import services
from tests.collection.conftest import register as register_62

register = register_62
VILLAGE = "62.01.02.2016"
NOW = datetime(2026, 7, 3, 2, tzinfo=UTC)
"""Inside the window of KEP_SEMESTER 2026-S1 (1 to 31 July), 9 o'clock in Jakarta."""
PEOPLE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
GOOD = (("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "40"), ("KEP_004", "30"))


def person(role, *, under=VILLAGE, number=7):
    """Somebody with the operations that the content gives a role, in one region."""
    operations = frozenset(accounts.roles(PUBLIC)[role].operations)
    grant = Grant("g", role, operations, Area((under,)))
    return Actor(UUID(int=number), f"Contoh {role}", f"Petugas {role}", PUBLIC_OPERATIONS, (grant,))


SENDER = person("operator-desa", number=7)
COLLEAGUE = person("operator-desa", number=8)
HEAD = person("kepala-desa", number=9)


def save(*cells, key=PEOPLE, actor=SENDER):
    """Save cells on the present revision."""
    held = collection.filled(actor, key)
    base = held.state.revision if held else 0
    given = [one if isinstance(one, Given) else Given(*one) for one in cells]
    one = saving.Save(key, base, uuid4(), Source.WEB, given)
    return saving.save_cells(actor, save=one, now=NOW + timedelta(minutes=base))


def revision(key=PEOPLE):
    held = collection.filled(SENDER, key)
    return held.state.revision if held else 0


def send(*, key=PEOPLE, actor=SENDER, message=None, seen=None, now=NOW):
    seen = revision(key) if seen is None else seen
    return services.send_submission(actor, key=key, revision=seen, message_id=message or uuid4(), now=now)


def withdraw(*, key=PEOPLE, actor=SENDER, message=None, now=NOW):
    return services.withdraw_submission(
        actor, key=key, message_id=message or uuid4(), now=now, reason="salah"
    )


def endorse(*, key=PEOPLE, actor=HEAD, message=None, seen=None, now=NOW):
    held = collection.filled(actor, key)
    content = seen if seen is not None else held.content_hash if held else ""
    return services.endorse_submission(
        actor, key=key, content_hash=content, message_id=message or uuid4(), now=now
    )


def codes(done):
    return [one.code for one in done.findings]
