"""Accounts: made with their first grant and a one-time code."""

from collections.abc import Sequence
from datetime import date, datetime

from sidara.accounts.core import Done, EventKind, governs, naming
from sidara.accounts.formats import content
from sidara.accounts.models import Account
from sidara.accounts.services.auditing import write_event
from sidara.accounts.services.granting import read, write
from sidara.accounts.services.recovering import issue
from sidara.kernel.actor import Actor, NotAllowed, require_somewhere
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding
from sidara.records.writing import writing
from sidara.ui.language import say

CREATE = "accounts.create"


@writing()
def create(  # noqa: PLR0913 - one parameter an attribute
    actor: Actor,
    *,
    login_name: str,
    name: str,
    function: str,
    role: str,
    under: Sequence[str] = (),
    is_everywhere: bool = False,
    sectors: Sequence[str] = (),
    company: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    clock: Clock = now,
) -> Done:
    """Make an account with its first grant, and the code with which its holder chooses a password.

    `name` may be empty: then its holder tells it at the first log-in. A role of programs gets no code.
    Findings: `LOGIN_NAME_WRONG`, `LOGIN_NAME_TAKEN`, `FUNCTION_MISSING` and those of `grant`. Refuses
    (`NotAllowed`) who does not govern what is given.
    """
    moment = clock()
    login_name = naming.normal(login_name)
    asked, findings = read(
        actor,
        role=role,
        under=under,
        is_everywhere=is_everywhere,
        sectors=sectors,
        company=company,
        span=(valid_from or local_date(moment), valid_to),
    )
    findings = (*name_faults(actor, login_name=login_name, function=function), *findings)
    if asked is None or findings:
        return Done(findings=findings)
    if not governs(actor, CREATE, asked.bounds, content.roles()):
        raise NotAllowed(actor, CREATE)
    account = add(actor, login_name=login_name, name=name, function=function, moment=moment)
    row = write(actor, account=account, asked=asked, moment=moment)
    if not asked.role.logs_in:
        return Done(account.pk, row.pk)
    text, expires_at = issue(actor, account=account, life=content.rules().first, moment=moment)
    return Done(account.pk, row.pk, text, expires_at)


def add(actor: Actor, *, login_name: str, name: str, function: str, moment: datetime) -> Account:
    """Write an account without grants, inside the transaction of a service that has asked for the right."""
    account = Account(
        login_name=login_name,
        name=name.strip()[:200],
        function=function.strip()[:200],
        created_at=moment,
        created_by_id=actor.id,
        created_by_name=actor.name,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    write_event(
        actor,
        account_id=account.pk,
        kind=EventKind.CREATED,
        moment=moment,
        detail=f"{account.function}, {login_name}",
    )
    return account


def name_faults(actor: Actor, *, login_name: str, function: str) -> list[Finding]:
    """Judge what a new account is to be called."""
    require_somewhere(actor, CREATE)
    findings = []
    if not naming.is_good(login_name):
        findings.append(
            Finding(
                "LOGIN_NAME_WRONG",
                say("Nama masuk “{name}” tidak dapat dipakai.", name=login_name),
                say(
                    "Pakai 3 sampai 40 huruf a-z, angka, titik, garis; "
                    "awali dan akhiri dengan huruf atau angka."
                ),
                value=login_name,
            )
        )
    elif Account.objects.filter(login_name=login_name).exists():
        findings.append(
            Finding(
                "LOGIN_NAME_TAKEN",
                say("Nama masuk “{name}” sudah dipakai.", name=login_name),
                say("Pilih nama lain, misalnya dengan angka di belakangnya."),
                value=login_name,
            )
        )
    if not function.strip():
        findings.append(
            Finding(
                "FUNCTION_MISSING",
                say("Jabatan belum diisi."),
                say("Tulis jabatannya, misalnya Sekretaris desa."),
            )
        )
    return findings
