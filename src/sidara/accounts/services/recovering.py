"""One-time codes: given out by the next higher level, used once to choose an own password. No e-mail."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator

from sidara.accounts.core import Done, EventKind, code, governs_all
from sidara.accounts.core.naming import normal
from sidara.accounts.formats import content
from sidara.accounts.formats.keys import key_of
from sidara.accounts.models import Account, OneTimeCode
from sidara.accounts.queries import LOG_IN
from sidara.accounts.services.auditing import end_every_session, write_event
from sidara.accounts.services.tokens import revoke_tokens
from sidara.kernel.actor import Actor, NotAllowed, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding
from sidara.records.writing import writing
from sidara.ui.language import say

RECOVER = "accounts.recover"


@writing()
def recover(actor: Actor, *, account_id: UUID, clock: Clock = now) -> Done:
    """Give an account back to its holder: what opened it goes, its sessions end, a code is made.

    Password, passkeys, codes from an app and tokens go. Refuses (`NotAllowed`) who does not govern every
    grant of the account: a lost account must be no way to more rights than the helper has. Nobody recovers
    his own.
    """
    moment = clock()
    account = Account.objects.select_for_update().get(pk=account_id)
    bounds = account.reachable(local_date(moment))
    if account_id == actor.id or not governs_all(actor, RECOVER, bounds, content.roles()):
        raise NotAllowed(actor, RECOVER)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=account.pk).delete()
    end_every_session(actor, account_id=account.pk)
    revoke_tokens(actor, rows=account.tokens.filter(revoked_at=None), moment=moment)
    write_event(actor, account_id=account.pk, kind=EventKind.RECOVERED, moment=moment)
    text, expires_at = issue(actor, account=account, life=content.rules().recover, moment=moment)
    return Done(account.pk, code=text, expires_at=expires_at)


def issue(actor: Actor, *, account: Account, life: timedelta, moment: datetime) -> tuple[str, datetime]:
    """Make a code and close an earlier one, inside the transaction of a service that asked for the right."""
    text = code.write(secrets.randbits(code.BITS))
    expires_at = moment + life
    account.codes.filter(closed_at=None).update(closed_at=moment)
    OneTimeCode.objects.create(
        account=account,
        digest=code.digest(text, key_of("code"), str(account.pk)),
        issued_at=moment,
        expires_at=expires_at,
        issued_by_id=actor.id,
        issued_by_name=actor.name,
    )
    write_event(actor, account_id=account.pk, kind=EventKind.CODE_ISSUED, moment=moment)
    return text, expires_at


def check_code(actor: Actor, *, login_name: str, text: str, clock: Clock = now) -> Done:
    """Say whether a code fits, without using it: an account, or `CODE_REFUSED`."""
    require(actor, LOG_IN)
    row = _open(login_name, text, clock())
    return Done(row.account_id) if row else Done(findings=(_refused(),))


@writing()
def use_code(  # noqa: PLR0913 - one parameter a field of the form
    actor: Actor, *, login_name: str, text: str, password: str, name: str = "", clock: Clock = now
) -> Done:
    """Use a code: the account gets the password and, where it has none, the name of its holder.

    The password has been judged by the door. Of two uses at once one is refused (`CODE_REFUSED`).
    """
    require(actor, LOG_IN)
    moment = clock()
    row = _open(login_name, text, moment)
    if row is None or not OneTimeCode.objects.filter(pk=row.pk, closed_at=None).update(
        closed_at=moment, is_used=True
    ):
        return Done(findings=(_refused(),))
    account = row.account
    account.set_password(password)
    account.name = account.name or name.strip()[:200]
    account.save(update_fields=["password", "name"])
    end_every_session(actor, account_id=account.pk)
    own = Actor(account.pk, str(account), account.function)
    write_event(own, account_id=account.pk, kind=EventKind.CODE_USED, moment=moment)
    return Done(account.pk)


def _refused() -> Finding:
    """Say the same words whatever was wrong: who tries names learns nothing."""
    return Finding(
        "CODE_REFUSED",
        say("Nama masuk dan kode tidak cocok, atau kodenya sudah dipakai atau sudah lewat waktunya."),
        say("Periksa keduanya. Bila tetap gagal, mintalah kode baru kepada tingkat di atas Anda."),
    )


def _open(login_name: str, text: str, moment: datetime) -> OneTimeCode | None:
    """Find the open code of a name that the text fits; as much work for a name that does not exist."""
    row = (
        OneTimeCode.objects.select_related("account")
        .filter(account__login_name=normal(login_name), account__is_active=True, closed_at=None)
        .first()
    )
    held = row.digest if row else code.digest("", key_of("code"), "")
    account = str(row.account_id) if row else ""
    fits = code.is_same(held, code.digest(text, key_of("code"), account))
    return row if row and fits and code.is_open(row.expires_at, row.closed_at, moment) else None
