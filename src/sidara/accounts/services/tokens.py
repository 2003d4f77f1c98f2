"""Tokens of programs: made (told once), used, revoked. One narrows what its account may, never widens."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from sidara.accounts.core import EventKind, governs_all, is_program, operations_of, token
from sidara.accounts.core.roles import KEEP_OWN
from sidara.accounts.core.token import Issued, Refusal, Scope, narrow
from sidara.accounts.formats import content
from sidara.accounts.formats.keys import address_key, key_of
from sidara.accounts.models import Account, Token, TokenGrant, TokenRegion, TokenUse
from sidara.accounts.queries import LOG_IN, actor_of, region_fault
from sidara.accounts.services.auditing import LONGEST_AGENT, UNKNOWN_ADDRESS, write_event
from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import EVERY_OPERATION, PUBLIC_OPERATIONS, Actor, Area, NotAllowed, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Region
from sidara.ui.language import format_date, say

ISSUE_TOKENS = "accounts.issue_tokens"
LONGEST_NAME = 100
SEEN_FOR = timedelta(hours=1)
"""How long the use of a token from one address stands for the uses that follow."""


@dataclass(frozen=True, slots=True)
class Used:
    """What came of a token: the actor it gives, or why it gives none."""

    actor: Actor | None = None
    token_id: UUID | None = None
    refusal: Refusal = Refusal.NONE


@writing()
def issue_token(  # noqa: PLR0913 - one parameter a bound
    actor: Actor,
    *,
    account_id: UUID,
    name: str,
    operations: Sequence[str] = (),
    under: Sequence[str] = (),
    sectors: Sequence[str] = (),
    last_day: date | None = None,
    clock: Clock = now,
) -> Issued:
    """Make a token for the own account, or for the account of a program that the actor governs.

    It opens the grants that the account holds now, within the scope (nothing named = not narrowed), until
    `last_day`. Findings: `TOKEN_NAME_MISSING`, `TOKEN_OPERATION_BEYOND`, `REGION_UNKNOWN`,
    `TOKEN_REGION_BEYOND`, `SECTOR_UNKNOWN`, `TOKEN_SECTOR_BEYOND`, `TOKEN_DAY_WRONG`, `TOKEN_TOO_MANY`,
    `TOKEN_EMPTY`. Refuses (`NotAllowed`) everybody else, and a token: it makes no tokens.
    """
    moment = clock()
    today = local_date(moment)
    account = Account.objects.select_for_update().get(pk=account_id)
    _require_maker(actor, account=account, today=today)
    rules = content.rules().token
    last = last_day or today + timedelta(days=rules.days)
    acting = actor_of(actor, account_id=account_id, day=today)
    holder = acting.actor if acting else Actor(account_id, "", "")
    places, findings = _places(actor, under)
    findings += _faults(actor, holder, name, operations, sectors)
    areas = [Area((one.code,), regions.within(actor, one.id)) for one in places]
    findings += [
        _beyond_region(place)
        for place, area in zip(places, areas, strict=True)
        if not any(grant.area.part_in(area) for grant in holder.grants)
    ]
    whole = Area(tuple(one.code for one in places), frozenset[str]().union(*(one.codes for one in areas)))
    if not today <= last <= today + timedelta(days=rules.longest_days):
        findings.append(_wrong_day(last, today + timedelta(days=rules.longest_days)))
    if account.tokens.filter(revoked_at=None, last_day__gte=today).count() >= rules.most:
        findings.append(_too_many(rules.most))
    scope = Scope(frozenset(operations), whole if places else None, frozenset(sectors))
    opened = narrow(holder, scope, frozenset(grant.id for grant in holder.grants))
    if not findings and not any(grant.operations for grant in opened.grants):
        findings.append(_empty())
    if findings:
        return Issued(findings=tuple(findings))
    text = token.write(secrets.randbits(token.PREFIX_BITS), secrets.randbits(token.SECRET_BITS))
    prefix, secret = token.read(text) or ("", "")
    row = Token.objects.create(
        account=account,
        prefix=prefix,
        digest=token.digest(prefix, secret, key_of("token")),
        name=name.strip()[:LONGEST_NAME],
        operations=",".join(sorted(scope.operations)),
        sectors=",".join(sorted(scope.sectors)),
        created_at=moment,
        created_by_id=actor.id,
        created_by_name=actor.name,
        last_day=last,
    )
    TokenGrant.objects.bulk_create(TokenGrant(token=row, grant_id=UUID(one.id)) for one in opened.grants)
    TokenRegion.objects.bulk_create(TokenRegion(token=row, region_id=place.id) for place in places)
    words = f"{row.name} ({row.prefix}), sampai {last:%Y-%m-%d}"
    write_event(actor, account_id=account.pk, kind=EventKind.TOKEN_MADE, moment=moment, detail=words)
    return Issued(row.pk, text, last)


@writing()
def revoke_token(actor: Actor, *, token_id: UUID, clock: Clock = now) -> bool:
    """Revoke a token of the own account or of one that the actor governs; `False` where it was before."""
    moment = clock()
    row = Token.objects.select_for_update().select_related("account").get(pk=token_id)
    is_own = row.account_id == actor.id and actor.may(KEEP_OWN)
    reached = row.account.reachable(local_date(moment))
    if not is_own and not governs_all(actor, ISSUE_TOKENS, reached, content.roles()):
        raise NotAllowed(actor, ISSUE_TOKENS)
    return revoke_tokens(actor, rows=[row], moment=moment) > 0


def revoke_tokens(actor: Actor, *, rows: Iterable[Token], moment: datetime) -> int:
    """Revoke tokens, inside the transaction of a service that has asked for the right."""
    count = 0
    for row in rows:
        if row.revoked_at is not None:
            continue
        row.revoked_at, row.revoked_by_id, row.revoked_by_name = moment, actor.id, actor.name
        row.save(update_fields=["revoked_at", "revoked_by_id", "revoked_by_name"])
        write_event(
            actor,
            account_id=row.account_id,
            kind=EventKind.TOKEN_REVOKED,
            moment=moment,
            detail=f"{row.name} ({row.prefix})",
        )
        count += 1
    return count


def use_token(actor: Actor, *, text: str, address: str, agent: str = "", clock: Clock = now) -> Used:
    """Give the actor of a token, and write down that it was used or why it was refused.

    Of an address the first use in an hour is kept, and of attempts so many in a window as the content says:
    a token cannot be guessed, so nobody is made to wait, but the audit is not there to be filled either.
    """
    require(actor, LOG_IN)
    moment = clock()
    today = local_date(moment)
    parts = token.read(text)
    row = Token.objects.filter(prefix=parts[0]).first() if parts else None
    held = row.digest if row else ""
    fits = token.is_same(held, token.digest(*(parts or ("", "")), key_of("token")))
    acting = None
    if row is None:
        refusal = Refusal.UNKNOWN
    elif not fits:
        refusal = Refusal.WRONG
    elif row.revoked_at is not None:
        refusal = Refusal.REVOKED
    elif row.last_day < today:
        refusal = Refusal.EXPIRED
    else:
        acting = actor_of(actor, account_id=row.account_id, day=today)
        refusal = Refusal.NONE if acting else Refusal.INACTIVE
    _write_use(row, address or UNKNOWN_ADDRESS, agent, refusal, moment)
    if row is None or acting is None:
        return Used(refusal=refusal)
    scope = scope_of(actor, row=row)
    opens = frozenset(str(pk) for pk in row.opens.values_list("grant", flat=True))
    return Used(narrow(acting.actor, scope, opens), row.pk)


def scope_of(actor: Actor, *, row: Token) -> Scope:
    """Give the scope of a token, its regions with every code that lies in them today."""
    places = list(row.places.select_related("region"))
    area = Area(
        tuple(place.region.code for place in places), _codes(actor, (place.region_id for place in places))
    )
    return Scope(
        frozenset(filter(None, row.operations.split(","))),
        area if places else None,
        frozenset(filter(None, row.sectors.split(","))),
    )


def _require_maker(actor: Actor, *, account: Account, today: date) -> None:
    if account.pk == actor.id and actor.may(KEEP_OWN):
        return
    roles = content.roles()
    held = account.grants.values_list("role", flat=True).distinct()
    is_fit = EVERY_OPERATION in actor.operations or is_program(held, roles)
    if account.pk == actor.id or not is_fit:
        raise NotAllowed(actor, ISSUE_TOKENS)
    if not governs_all(actor, ISSUE_TOKENS, account.reachable(today), roles):
        raise NotAllowed(actor, ISSUE_TOKENS)


def _write_use(row: Token | None, address: str, agent: str, refusal: Refusal, moment: datetime) -> None:
    """Write a use or an attempt, unless what is written says it already."""
    key = address_key(address)
    seen = TokenUse.objects.filter(address_key=key)
    if refusal is Refusal.NONE:
        if seen.filter(token=row, refusal="", at__gte=moment - SEEN_FOR).exists():
            return
    else:
        rules = content.rules()
        since = moment - timedelta(minutes=rules.limits.window_minutes)
        if seen.filter(~Q(refusal=""), at__gte=since).count() >= rules.token.failures:
            return
    TokenUse.objects.create(
        at=moment,
        token=row,
        address=address,
        address_key=key,
        agent=agent[:LONGEST_AGENT],
        refusal=refusal,
    )


def _codes(actor: Actor, region_ids: Iterable[int]) -> frozenset[str]:
    return frozenset[str]().union(*(regions.within(actor, one) for one in region_ids))


def _places(actor: Actor, under: Sequence[str]) -> tuple[list[Region], list[Finding]]:
    places, findings = [], []
    for code in dict.fromkeys(under):
        region = regions.resolve(actor, code)
        if region is None:
            findings += [fault] if (fault := region_fault(actor, code)) else []
        else:
            places.append(region)
    return places, findings


def _faults(
    actor: Actor, holder: Actor, name: str, operations: Sequence[str], sectors: Sequence[str]
) -> list[Finding]:
    """Judge name, operations and sectors against what the account holds."""
    findings = []
    if not name.strip():
        findings.append(
            Finding(
                "TOKEN_NAME_MISSING",
                say("Nama token belum diisi."),
                say("Tulis untuk apa token dipakai, misalnya Aplikasi keuangan desa."),
            )
        )
    held = operations_of(holder) - PUBLIC_OPERATIONS - {KEEP_OWN}
    findings += [
        Finding(
            "TOKEN_OPERATION_BEYOND",
            say("Tindakan “{code}” tidak ada pada hak akun ini.", code=one),
            say("Pilih tindakan yang ada pada hak akun."),
            value=one,
        )
        for one in operations
        if one not in held
    ]
    known = dictionary.dictionary(actor).sectors if sectors else {}
    for code in sectors:
        if code not in known:
            words, remedy = say("Bidang “{code}” tidak ada.", code=code), say("Pilih bidang dari daftar.")
            findings.append(Finding("SECTOR_UNKNOWN", words, remedy, value=code))
        elif not any(not grant.sectors or code in grant.sectors for grant in holder.grants):
            words = say("Bidang “{code}” di luar hak akun ini.", code=code)
            remedy = say("Pilih bidang yang ada pada hak akun.")
            findings.append(Finding("TOKEN_SECTOR_BEYOND", words, remedy, value=code))
    return findings


def _beyond_region(place: Region) -> Finding:
    return Finding(
        "TOKEN_REGION_BEYOND",
        say("{place} di luar wilayah akun ini.", place=place.full_name),
        say("Pilih wilayah yang ada pada hak akun."),
        value=place.code,
    )


def _wrong_day(last: date, longest: date) -> Finding:
    return Finding(
        "TOKEN_DAY_WRONG",
        say("Token tidak dapat berlaku sampai {last}.", last=format_date(last)),
        say("Pilih hari dari hari ini sampai {longest}.", longest=format_date(longest)),
    )


def _too_many(most: int) -> Finding:
    return Finding(
        "TOKEN_TOO_MANY",
        say("Akun ini sudah memiliki {n} token yang berlaku.", n=most),
        say("Cabut token yang tidak dipakai lagi."),
    )


def _empty() -> Finding:
    return Finding(
        "TOKEN_EMPTY",
        say("Token ini tidak akan membuka apa pun."),
        say("Pilih tindakan, wilayah dan bidang yang bersama-sama ada pada satu hak akun."),
    )
