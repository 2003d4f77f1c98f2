"""A task goes from one person to the next: one grant ends, an equal one begins, the history keeps both."""

from datetime import date, timedelta
from uuid import UUID

from sidara.accounts.core import Done, EventKind, governs, naming
from sidara.accounts.formats import content
from sidara.accounts.models import Account, Grant
from sidara.accounts.services.auditing import write_event
from sidara.accounts.services.creating import add, name_faults
from sidara.accounts.services.granting import (
    Asked,
    close_codes,
    ended_before,
    held_already,
    require_reach,
    write,
    write_end,
)
from sidara.accounts.services.recovering import issue
from sidara.kernel.actor import Actor, NotAllowed
from sidara.kernel.clock import Clock, local_date, now
from sidara.kernel.finding import Finding
from sidara.kernel.number import format_date as plain_date
from sidara.records.writing import writing
from sidara.ui.language import format_date, say

HAND_OVER = "accounts.hand_over"


@writing()
def hand_over(  # noqa: PLR0913 - one parameter a field
    actor: Actor,
    *,
    grant_id: UUID,
    login_name: str,
    name: str = "",
    function: str = "",
    day: date | None = None,
    clock: Clock = now,
) -> Done:
    """Hand a task over: the old grant ends the day before `day` (today), an equal one begins.

    It goes to the account with the log-in name, else to a new one, which gets a one-time code
    (`function` empty = the old holder's). Findings: `GRANT_ENDED`, `GRANT_HELD`, `HAND_OVER_TO_SAME`,
    `HAND_OVER_LATE`, and those of a new name. Refuses (`NotAllowed`) who does not govern the grant,
    gives up his own or takes it.
    """
    moment = clock()
    today = local_date(moment)
    day = day or today
    row = Grant.objects.select_for_update().select_related("account").get(pk=grant_id)
    bounds = row.as_bounds()
    login_name = naming.normal(login_name)
    new = Account.objects.select_for_update().filter(login_name=login_name).first()
    mine = {row.account_id, new.pk if new else None}
    if actor.id in mine or not governs(actor, HAND_OVER, bounds, content.roles()):
        raise NotAllowed(actor, HAND_OVER)
    if new is not None:
        require_reach(actor, account=new, operation=HAND_OVER, today=today)
    function = function or row.account.function
    faults = _faults(actor, row, new, day, today)
    if new is None:
        faults += name_faults(actor, login_name=login_name, function=function)
    places = tuple(place.region.as_word() for place in row.places.select_related("region"))
    asked = Asked(content.roles()[row.role], places, bounds, day, row.valid_to)
    if new is not None and (held := held_already(actor, account=new, asked=asked)):
        faults.append(held)
    if faults:
        return Done(findings=tuple(faults))
    write_end(actor, row=row, last=day - timedelta(days=1), moment=moment)
    text, expires_at = "", None
    if new is None:
        new = add(actor, login_name=login_name, name=name, function=function, moment=moment)
        text, expires_at = issue(actor, account=new, life=content.rules().first, moment=moment)
    else:
        close_codes(actor, account=new, moment=moment)
    made = write(actor, account=new, asked=asked, moment=moment, before=row)
    for account, other, way in ((row.account, new, "kepada"), (new, row.account, "dari")):
        words = f"{asked.role.name} {way} {other} ({other.login_name}), mulai {plain_date(day)}"
        write_event(actor, account_id=account.pk, kind=EventKind.HANDED_OVER, moment=moment, detail=words)
    return Done(new.pk, made.pk, text, expires_at)


def _faults(actor: Actor, row: Grant, new: Account | None, day: date, today: date) -> list[Finding]:
    """Judge the grant and the day."""
    faults = []
    if new is not None and new.pk == row.account_id:
        faults.append(
            Finding(
                "HAND_OVER_TO_SAME",
                say("Pemegang lama dan baru akun yang sama."),
                say("Tulis nama masuk pengganti."),
            )
        )
    if ended := ended_before(actor, row=row, today=today):
        faults.append(ended)
    elif row.valid_to is not None and row.valid_to < day:
        faults.append(
            Finding(
                "HAND_OVER_LATE",
                say(
                    "Hak ini berakhir pada {last}, sebelum hari mulai {first}.",
                    last=format_date(row.valid_to),
                    first=format_date(day),
                ),
                say("Pilih hari mulai yang lebih awal."),
            )
        )
    return faults
