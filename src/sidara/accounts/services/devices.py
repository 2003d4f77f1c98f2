"""Devices: known from their first work on, named, revoked with a reason; what they tell then."""

from collections.abc import Mapping
from datetime import date, datetime
from importlib import import_module
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings

from sidara.accounts.core import EventKind, governs_all
from sidara.accounts.core.device import LONGEST_REASON, MARK, MOST, Changed, Device, free, is_stale, told
from sidara.accounts.core.naming import device as in_words
from sidara.accounts.core.roles import KEEP_OWN
from sidara.accounts.formats import content, marks
from sidara.accounts.models import Account
from sidara.accounts.models import Device as Row
from sidara.accounts.queries import LOG_IN
from sidara.accounts.services.auditing import LONGEST_AGENT, write_event
from sidara.kernel.actor import Actor, NotAllowed, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding
from sidara.records.prepared import Prepared, slot
from sidara.records.writing import writing
from sidara.ui.language import say

KEEP_DEVICES = "accounts.keep_devices"
_BY_MARK = Prepared(lambda: Row.objects.filter(mark=slot(Row, "mark")))
MOST_LEFT = 1_000_000
DUTY_ENDED = "Tugas pemegang akun berakhir"
"""Why devices are revoked with the last grant, as it is kept."""


def enrol_device(actor: Actor, *, mark: str, agent: str = "", clock: Clock = now) -> Device | Finding:
    """Know the device on which the actor works: registered the first time, by a name that can be changed.

    `mark` is what its session holds (`core.device.MARK`). One that was revoked stays so, and is given back
    as it is: its door ends the session. An account that has as many as it may gets no further one
    (`DEVICES_TOO_MANY`). Refuses (`NotAllowed`) who keeps no account.
    """
    if not actor.may(KEEP_OWN):
        raise NotAllowed(actor, KEEP_OWN)
    moment = clock()
    row = _BY_MARK.model(mark=mark)
    if row is None:
        return _enrolled(actor, mark=mark, agent=agent, moment=moment)
    if row.account_id != actor.id:
        raise NotAllowed(actor, KEEP_OWN)
    if row.revoked_at is None and is_stale(row.seen_at, moment):
        row.seen_at, row.agent = moment, agent[:LONGEST_AGENT] or row.agent
        with writing():
            Row.objects.filter(pk=row.pk, revoked_at=None).update(seen_at=row.seen_at, agent=row.agent)
    return row.as_word()


@writing()
def rename_device(actor: Actor, *, device_id: UUID, name: str, clock: Clock = now) -> Changed:
    """Give a device of the own account, or of one that the actor governs, another name.

    Findings: `DEVICE_NAME_MISSING`, `DEVICE_NAME_TAKEN`, `DEVICE_REVOKED`.
    """
    moment = clock()
    row = _governed(actor, device_id=device_id, today=local_date(moment))
    wanted = told(name)
    if fault := _revoked(row) or _name_fault(row, wanted):
        return Changed(row.pk, findings=(fault,))
    if wanted != row.name:
        words = f"{row.name} menjadi {wanted}"
        row.name = wanted
        row.save(update_fields=["name"])
        write_event(
            actor, account_id=row.account_id, kind=EventKind.DEVICE_RENAMED, moment=moment, detail=words
        )
    return Changed(row.pk)


@writing()
def revoke_device(
    actor: Actor, *, device_id: UUID, reason: str, keep: str = "", clock: Clock = now
) -> Changed:
    """Revoke a device of the own account, or of one that the actor governs: its sessions end.

    `keep` is the key of the session in which that is done: it stays unless it was begun on that device.
    Findings: `DEVICE_REASON_MISSING`, `DEVICE_REVOKED`.
    """
    moment = clock()
    row = _governed(actor, device_id=device_id, today=local_date(moment))
    why = told(reason, LONGEST_REASON)
    if fault := _revoked(row):
        return Changed(row.pk, findings=(fault,))
    if not why:
        missing = Finding(
            "DEVICE_REASON_MISSING",
            say("Alasan pencabutan belum diisi."),
            say("Tulis mengapa perangkat dicabut, misalnya hilang atau rusak."),
        )
        return Changed(row.pk, findings=(missing,))
    _revoke(actor, row=row, why=why, moment=moment)
    return Changed(row.pk, ended=_end_sessions(row, keep))


def revoke_devices(actor: Actor, *, account: Account, moment: datetime) -> int:
    """Revoke all devices of an account, inside the transaction of a service that has asked for the right."""
    rows = list(account.devices.filter(revoked_at=None))
    for row in rows:
        _revoke(actor, row=row, why=DUTY_ENDED, moment=moment)
    return len(rows)


@writing()
def clear_devices(actor: Actor, *, cookie: str, left: Mapping[UUID, int], clock: Clock = now) -> int:
    """Write down that revoked devices took off what they held; gives of how many that was new.

    `cookie` holds the marks of the browser that tells it, `left` how many answers wait there
    unsent, by account.
    """
    require(actor, LOG_IN)
    moment = clock()
    held = [marks.key(nonce) for nonce in marks.read(cookie).values()]
    rows = Row.objects.filter(
        mark__in=held, account__in=left, revoked_at__isnull=False, cleared_at=None
    ).select_related("account")
    count = 0
    for row in rows:
        row.cleared_at, row.left = moment, max(0, min(left[row.account_id], MOST_LEFT))
        row.save(update_fields=["cleared_at", "left"])
        teller = Actor(row.account_id, row.name, "")
        words = f"{row.name}, {row.left} isian belum terkirim"
        write_event(
            teller, account_id=row.account_id, kind=EventKind.DEVICE_CLEARED, moment=moment, detail=words
        )
        count += 1
    return count


@writing()
def _enrolled(actor: Actor, *, mark: str, agent: str, moment: datetime) -> Device | Finding:
    """Register a device; of two requests at once the second finds it."""
    taken = list(Row.objects.filter(account=actor.id, revoked_at=None).values_list("name", flat=True))
    if len(taken) >= MOST and not Row.objects.filter(mark=mark).exists():
        return _too_many()
    row, is_new = Row.objects.get_or_create(
        mark=mark,
        defaults={
            "account_id": actor.id,
            "name": free(in_words(agent), taken),
            "agent": agent[:LONGEST_AGENT],
            "enrolled_at": moment,
            "seen_at": moment,
        },
    )
    if is_new:
        write_event(
            actor, account_id=actor.id, kind=EventKind.DEVICE_ENROLLED, moment=moment, detail=row.name
        )
    return row.as_word()


def _too_many() -> Finding:
    return Finding(
        "DEVICES_TOO_MANY",
        say("Akun ini sudah tercatat pada {n} perangkat, paling banyak yang dapat dicatat.", n=MOST),
        say("Cabut perangkat yang tidak dipakai lagi di halaman Akun saya, lalu buka lagi halaman ini."),
        value=str(MOST),
    )


def _revoke(actor: Actor, *, row: Row, why: str, moment: datetime) -> None:
    row.revoked_at, row.revoked_by_id, row.revoked_by_name, row.reason = moment, actor.id, actor.name, why
    row.save(update_fields=["revoked_at", "revoked_by_id", "revoked_by_name", "reason"])
    write_event(
        actor,
        account_id=row.account_id,
        kind=EventKind.DEVICE_REVOKED,
        moment=moment,
        detail=f"{row.name}: {why}",
    )


def _end_sessions(row: Row, keep: str) -> int:
    """End the sessions that were begun on a device, and those that do not tell on which one."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    count = 0
    for session in UserSession.objects.filter(user_id=row.account_id):
        mark = store(session.session_key).load().get(MARK, "")
        if mark == row.mark or (not mark and session.session_key != keep):
            session.end()
            count += 1
    return count


def _governed(actor: Actor, *, device_id: UUID, today: date) -> Row:
    """Find a device of the own account, or of one that the actor governs whole; refuse every other."""
    row = Row.objects.select_for_update().select_related("account").filter(pk=device_id).first()
    if row is None:
        raise NotAllowed(actor, KEEP_DEVICES)
    is_own = row.account_id == actor.id and actor.may(KEEP_OWN)
    if not is_own and not governs_all(actor, KEEP_DEVICES, row.account.reachable(today), content.roles()):
        raise NotAllowed(actor, KEEP_DEVICES)
    return row


def _revoked(row: Row) -> Finding | None:
    if row.revoked_at is None:
        return None
    return Finding(
        "DEVICE_REVOKED",
        say("Perangkat {name} sudah dicabut.", name=row.name),
        say("Tidak perlu apa-apa lagi. Perangkat yang sama tercatat baru sesudah masuk lagi."),
    )


def _name_fault(row: Row, wanted: str) -> Finding | None:
    if not wanted:
        return Finding(
            "DEVICE_NAME_MISSING",
            say("Nama perangkat belum diisi."),
            say("Tulis nama yang Anda kenali, misalnya HP Bu Siti."),
        )
    others = Row.objects.filter(account=row.account_id, revoked_at=None).exclude(pk=row.pk)
    if wanted.casefold() in {name.casefold() for name in others.values_list("name", flat=True)}:
        return Finding(
            "DEVICE_NAME_TAKEN",
            say("Perangkat lain akun ini sudah bernama {name}.", name=wanted),
            say("Pilih nama lain supaya keduanya dapat dibedakan."),
            value=wanted,
        )
    return None
