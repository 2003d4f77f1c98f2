"""What tests of verification share: the register, people with their roles, a filled form."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sidara.accounts import queries as accounts
from sidara.accounts.core.roles import Bounds, as_grant
from sidara.collection import queries as collection
from sidara.collection import services as saving
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.kernel.actor import PUBLIC, PUBLIC_OPERATIONS, Actor, Area
from sidara.verification import services
from sidara.verification.core import Step
from tests.collection.conftest import register as register_62

register = register_62
VILLAGE = "62.01.02.2016"
NOW = datetime(2026, 7, 3, 2, tzinfo=UTC)
"""Inside the window of KEP_SEMESTER 2026-S1 (1 to 31 July), 9 o'clock in Jakarta."""
DUE = date(2026, 8, 14)
"""Until when returned cells are to be mended."""
PEOPLE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2026-S1")
GOOD = (("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "40"), ("KEP_004", "30"))


def person(role, *, under=VILLAGE, number=7, sectors=(), holds=()):
    """Somebody with what the content gives a role in one region; `holds` are the codes that lie in it."""
    bounds = Bounds(role, Area((under,), frozenset(holds)), frozenset(sectors))
    grant = as_grant(accounts.roles(PUBLIC)[role], "g", bounds, (None, None))
    return Actor(UUID(int=number), f"Contoh {role}", f"Petugas {role}", PUBLIC_OPERATIONS, (grant,))


SENDER = person("operator-desa", number=7)
COLLEAGUE = person("operator-desa", number=8)
HEAD = person("kepala-desa", number=9)
DISTRICT = person("verifikator-kecamatan", under="62.01.02", number=10, holds={VILLAGE})
COMMUNITY = person("pmd-kabupaten", under="62.01", number=11, holds={VILLAGE})
SECTOR = person("opd", under="62.01", number=12, sectors={"KEP"}, holds={VILLAGE})
PROVINCE = person("pmd-provinsi", under="62", number=13, holds={VILLAGE})
VERIFIERS = {
    Step.DISTRICT: DISTRICT,
    Step.COMMUNITY: COMMUNITY,
    Step.SECTOR: SECTOR,
    Step.PROVINCE: PROVINCE,
}


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


def accept(step, *, key=PEOPLE, actor=None, message=None, seen=None, cells=None, now=NOW):
    return services.accept_cells(
        actor or VERIFIERS[step],
        key=key,
        step=step,
        revision=revision(key) if seen is None else seen,
        message_id=message or uuid4(),
        now=now,
        cells=cells,
    )


def give_back(step, reasons, *, key=PEOPLE, actor=None, message=None, seen=None, due=DUE, now=NOW):
    return services.return_cells(
        actor or VERIFIERS[step],
        key=key,
        step=step,
        reasons=reasons,
        due_date=due,
        revision=revision(key) if seen is None else seen,
        message_id=message or uuid4(),
        now=now,
    )


def correct(*cells, key=PEOPLE, actor=SENDER, message=None, reason="Salah hitung dusun seberang.", now=NOW):
    return services.correct_cells(
        actor, key=key, cells=cells, message_id=message or uuid4(), now=now, reason=reason
    )


def codes(done):
    return [one.code for one in done.findings]
