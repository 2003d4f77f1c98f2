"""Grants: given and ended. Nobody gives or ends what he does not govern, and nobody his own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from sidara.accounts.core import (
    Bounds,
    Done,
    EventKind,
    Level,
    Role,
    Sectors,
    governs,
    governs_all,
    levels_of,
)
from sidara.accounts.core.roles import GRANT
from sidara.accounts.formats import content
from sidara.accounts.models import Account, Grant, GrantRegion
from sidara.accounts.queries import region_fault
from sidara.accounts.services.auditing import end_every_session, write_event
from sidara.accounts.services.devices import revoke_devices
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor, Area, NotAllowed
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_date as plain_date
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.language import format_date, say

END_GRANT = "accounts.end_grant"
LONGEST_COMPANY = 200
"""Signs of a company's name that the records hold."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A grant as asked for, read: its role, regions, bounds and days."""

    role: Role
    places: tuple[Region, ...]
    bounds: Bounds
    valid_from: date
    valid_to: date | None

    @property
    def words(self) -> str:
        """Say what is given, for the history."""
        where = (
            "seluruh negeri"
            if self.bounds.area.is_everywhere
            else ", ".join(f"{place.full_name} ({place.code})" for place in self.places)
        )
        sectors = f", bidang {', '.join(sorted(self.bounds.sectors))}" if self.bounds.sectors else ""
        company = f", {self.bounds.company}" if self.bounds.company else ""
        until = f" sampai {plain_date(self.valid_to)}" if self.valid_to else ""
        return f"{self.role.name}, {where}{sectors}{company}, mulai {plain_date(self.valid_from)}{until}"


@writing()
def grant(  # noqa: PLR0913 - one parameter a bound
    actor: Actor,
    *,
    account_id: UUID,
    role: str,
    under: Sequence[str] = (),
    is_everywhere: bool = False,
    sectors: Sequence[str] = (),
    company: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    clock: Clock = now,
) -> Done:
    """Give a role to an account, for regions (`under`, dotted codes) with all below them, for days.

    Findings: `ROLE_UNKNOWN`, `REGION_UNKNOWN`, `REGION_ENDED`, `REGION_MISSING`, `REGION_ONE_ONLY`,
    `REGION_LEVEL_WRONG`, `SECTOR_UNKNOWN`, `SECTOR_MISSING`, `COMPANY_MISSING`, `COMPANY_UNASKED`,
    `SPAN_BACKWARDS`, `GRANT_HELD`. Refuses (`NotAllowed`) who does not govern what is given, or gives to
    himself.
    """
    moment = clock()
    asked, findings = read(
        actor,
        role=role,
        under=under,
        is_everywhere=is_everywhere,
        sectors=sectors,
        company=company,
        span=(valid_from or local_date(moment), valid_to),
    )
    if asked is None:
        return Done(findings=findings)
    if account_id == actor.id or not governs(actor, GRANT, asked.bounds, content.roles()):
        raise NotAllowed(actor, GRANT)
    account = Account.objects.select_for_update().get(pk=account_id)
    require_reach(actor, account=account, operation=GRANT, today=local_date(moment))
    if held := held_already(actor, account=account, asked=asked):
        return Done(findings=(held,))
    close_codes(actor, account=account, moment=moment)
    return Done(account.pk, write(actor, account=account, asked=asked, moment=moment).pk)


@writing()
def end_grant(actor: Actor, *, grant_id: UUID, last_day: date | None = None, clock: Clock = now) -> Done:
    """End a grant after a day (yesterday when none is given: at once). What was done with it stays.

    Findings: `GRANT_ENDED` when it has ended before, `END_LATE` when it would end later than it does: who
    prolongs gives a new grant. Refuses (`NotAllowed`) who does not govern it.
    """
    moment = clock()
    today = local_date(moment)
    row = Grant.objects.select_for_update().select_related("account").get(pk=grant_id)
    if row.account_id == actor.id or not governs(actor, END_GRANT, row.as_bounds(), content.roles()):
        raise NotAllowed(actor, END_GRANT)
    if ended := ended_before(actor, row=row, today=today):
        return Done(findings=(ended,))
    last = last_day if last_day is not None else today - timedelta(days=1)
    if row.valid_to is not None and row.valid_to < last:
        return Done(findings=(_late(row.valid_to, last),))
    write_end(actor, row=row, last=last, moment=moment)
    write_event(
        actor,
        account_id=row.account_id,
        kind=EventKind.GRANT_ENDED,
        moment=moment,
        detail=f"{_words(row)}, terakhir {plain_date(last)}",
    )
    return Done(row.account_id, row.pk)


def read(  # noqa: PLR0913 - one parameter a bound
    actor: Actor,
    *,
    role: str,
    under: Sequence[str],
    is_everywhere: bool,
    sectors: Sequence[str],
    company: str = "",
    span: tuple[date, date | None],
) -> tuple[Asked | None, tuple[Finding, ...]]:
    """Read what is asked for; all faults at once."""
    found = content.roles().get(role)
    if found is None or not found.levels:
        return None, (
            Finding(
                "ROLE_UNKNOWN",
                say("Peran “{role}” tidak ada.", role=role),
                say("Pilih peran dari daftar."),
                value=role,
            ),
        )
    places, findings = _places(actor, found, under, is_everywhere=is_everywhere)
    findings += _sector_faults(actor, found, sectors)
    company = " ".join(company.split())
    findings += _company_faults(found, company)
    first, last = span
    if last is not None and last < first:
        findings.append(_backwards(first, last))
    if findings:
        return None, tuple(findings)
    area = Area(is_everywhere=True) if is_everywhere else Area(tuple(place.code for place in places))
    return Asked(found, tuple(places), Bounds(role, area, frozenset(sectors), company), *span), ()


def write(
    actor: Actor, *, account: Account, asked: Asked, moment: datetime, before: Grant | None = None
) -> Grant:
    """Write a grant and its event, inside the transaction of a service that has asked for the right."""
    row = Grant.objects.create(
        account=account,
        role=asked.role.code,
        is_everywhere=asked.bounds.area.is_everywhere,
        sectors=",".join(sorted(asked.bounds.sectors)),
        company=asked.bounds.company,
        valid_from=asked.valid_from,
        valid_to=asked.valid_to,
        before=before,
        granted_at=moment,
        granted_by_id=actor.id,
        granted_by_name=actor.name,
    )
    GrantRegion.objects.bulk_create(GrantRegion(grant=row, region_id=place.id) for place in asked.places)
    write_event(actor, account_id=account.pk, kind=EventKind.GRANTED, moment=moment, detail=asked.words)
    return row


def require_reach(actor: Actor, *, account: Account, operation: str, today: date) -> None:
    """Refuse to give to an account that the actor does not govern."""
    if not governs_all(actor, operation, account.reachable(today), content.roles()):
        raise NotAllowed(actor, operation)


def _places(
    actor: Actor, role: Role, under: Sequence[str], *, is_everywhere: bool
) -> tuple[list[Region], list[Finding]]:
    name = say(role.name)
    if is_everywhere or not under:
        if is_everywhere and not under and Level.CENTRE in role.levels:
            return [], []
        remedy = say("Sebutkan wilayah setingkat {levels}.", levels=_levels(role))
        return [], [Finding("REGION_MISSING", say("Peran {role} perlu wilayah.", role=name), remedy)]
    places, findings = [], []
    for code in dict.fromkeys(under):
        region = regions.resolve(actor, code)
        if region is None:
            findings += [fault] if (fault := region_fault(actor, code)) else []
        elif not levels_of(Area((region.code,))) <= set(role.levels):
            words = say("Peran {role} tidak diberikan untuk {place}.", role=name, place=region.full_name)
            remedy = say("Pilih wilayah setingkat {levels}.", levels=_levels(role))
            findings.append(Finding("REGION_LEVEL_WRONG", words, remedy, value=code))
        else:
            places.append(region)
    if len(places) > 1 and not role.is_several:
        findings.append(
            Finding(
                "REGION_ONE_ONLY",
                say("Peran {role} hanya untuk satu wilayah.", role=name),
                say("Pilih satu saja."),
            )
        )
    return places, findings


def _sector_faults(actor: Actor, role: Role, sectors: Sequence[str]) -> list[Finding]:
    known = dictionary.dictionary(actor).sectors if sectors else {}
    name = say(role.name)
    findings = [
        Finding(
            "SECTOR_UNKNOWN",
            say("Bidang “{code}” tidak ada.", code=code),
            say("Pilih bidang dari daftar."),
            value=code,
        )
        for code in sectors
        if code not in known
    ]
    if role.sectors is Sectors.REQUIRED and not sectors:
        findings.append(
            Finding(
                "SECTOR_MISSING",
                say("Peran {role} perlu bidang.", role=name),
                say("Pilih sedikitnya satu bidang."),
            )
        )
    if role.sectors is Sectors.NONE and sectors:
        findings.append(
            Finding(
                "SECTOR_UNKNOWN",
                say("Peran {role} tidak dibatasi bidang.", role=name),
                say("Kosongkan pilihan bidang."),
            )
        )
    return findings


def _company_faults(role: Role, company: str) -> list[Finding]:
    name = say(role.name)
    if role.names_company and not company:
        return [
            Finding(
                "COMPANY_MISSING",
                say("Peran {role} perlu nama perusahaannya.", role=name),
                say("Tulis namanya seperti pada komitmennya, misalnya PT Contoh Jaya."),
            )
        ]
    if company and not role.names_company:
        return [
            Finding(
                "COMPANY_UNASKED",
                say("Peran {role} tidak untuk sebuah perusahaan.", role=name),
                say("Kosongkan nama perusahaannya."),
                value=company,
            )
        ]
    if len(company) > LONGEST_COMPANY:
        return [
            Finding(
                "COMPANY_MISSING",
                say("Nama perusahaan lebih panjang dari {n} huruf.", n=LONGEST_COMPANY),
                say("Persingkat namanya."),
            )
        ]
    return []


def held_already(actor: Actor, *, account: Account, asked: Asked) -> Finding | None:  # noqa: ARG001 - as all services
    """Find the same role for the same regions within the same days."""
    rows = account.grants.filter(role=asked.role.code).filter(
        Q(valid_to=None) | Q(valid_to__gte=asked.valid_from)
    )
    if asked.valid_to is not None:
        rows = rows.filter(valid_from__lte=asked.valid_to)
    if any(row.as_bounds() == asked.bounds for row in rows):
        return Finding(
            "GRANT_HELD",
            say("{name} sudah memegang peran {role} yang sama.", name=account, role=say(asked.role.name)),
            say("Tidak perlu diberikan lagi."),
        )
    return None


def ended_before(actor: Actor, *, row: Grant, today: date) -> Finding | None:  # noqa: ARG001 - as all services
    """Say that a grant has ended."""
    if row.valid_to is not None and row.valid_to < today:
        return Finding(
            "GRANT_ENDED",
            say("Hak ini sudah berakhir pada {day}.", day=format_date(row.valid_to)),
            say("Beri hak baru bila perlu."),
        )
    return None


def close_codes(actor: Actor, *, account: Account, moment: datetime) -> None:
    """Close the codes that somebody else has seen: they must not open what is given now."""
    account.codes.filter(closed_at=None).exclude(issued_by_id=actor.id).update(closed_at=moment)


def write_end(actor: Actor, *, row: Grant, last: date, moment: datetime) -> None:
    """Write the end of a grant. Its holder's sessions end, also where the end is still to come.

    With the last grant that lasts the devices of the account are revoked: nothing is left to do on them.
    """
    row.valid_to = last
    row.ended_at = moment
    row.ended_by_id, row.ended_by_name = actor.id, actor.name
    row.save(update_fields=["valid_to", "ended_at", "ended_by_id", "ended_by_name"])
    end_every_session(actor, account_id=row.account_id)
    today = local_date(moment)
    if not row.account.grants.filter(Q(valid_to=None) | Q(valid_to__gte=today)).exists():
        revoke_devices(actor, account=row.account, moment=moment)


def _words(row: Grant) -> str:
    names = ", ".join(place.region.as_word().full_name for place in row.places.select_related("region"))
    role = content.roles().get(row.role)
    return f"{role.name if role else row.role}, {names or 'seluruh negeri'}"


def _levels(role: Role) -> str:
    words = {Level.CENTRE: "seluruh negeri"}
    return " / ".join(say(words.get(level, level.value)) for level in role.levels)


def _late(first: date, asked: date) -> Finding:
    return Finding(
        "END_LATE",
        say(
            "Hak ini berakhir pada {last}, lebih awal dari {asked}.",
            last=format_date(first),
            asked=format_date(asked),
        ),
        say("Pilih hari yang lebih awal. Untuk memperpanjang, beri hak baru."),
    )


def _backwards(first: date, last: date) -> Finding:
    return Finding(
        "SPAN_BACKWARDS",
        say(
            "Hari terakhir {last} lebih awal dari hari pertama {first}.",
            last=format_date(last),
            first=format_date(first),
        ),
        say("Periksa kedua tanggal."),
    )
