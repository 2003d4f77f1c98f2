"""Sheets: the village operators of one kecamatan with their one-time codes, to print and cut."""

from datetime import datetime

from django.db.models import Q

from sidara.accounts.core import Bounds, Place, Sheet, SheetRow, governs, governs_all, naming
from sidara.accounts.formats import content
from sidara.accounts.models import Account, Grant
from sidara.accounts.services.creating import add
from sidara.accounts.services.granting import Asked, write
from sidara.accounts.services.recovering import issue
from sidara.kernel.actor import Actor, Area, NotAllowed, require
from sidara.kernel.clock import Clock, local_date, now
from sidara.records.writing import writing
from sidara.regions import queries as regions
from sidara.regions.core import Level, Region, bare

ISSUE_SHEETS = "accounts.issue_sheets"
OPERATOR_ROLE = "operator-desa"


@writing()
def issue_sheet(actor: Actor, *, district: str, clock: Clock = now) -> Sheet | None:
    """Make the sheet of a kecamatan; `None` where the code names none.

    A village without an operator gets an account (its code as log-in name, nobody's name yet). Who
    never chose a password gets a new code, and an earlier code ends. Who is at work is listed without a
    code: a lost account is recovered, not printed. Refuses (`NotAllowed`) who does not govern the
    operators of the kecamatan.
    """
    top = regions.resolve(actor, district)
    if top is None or top.level is not Level.DISTRICT:
        return None
    require(actor, ISSUE_SHEETS, region=top.code)
    roles = content.roles()
    if not governs(actor, ISSUE_SHEETS, Bounds(OPERATOR_ROLE, Area((top.code,))), roles):
        raise NotAllowed(actor, ISSUE_SHEETS)
    moment = clock()
    life = content.rules().first
    rows = []
    for village in regions.villages(actor, top.code):
        held = _operators(village, moment) or [_new(actor, village, moment)]
        for account in held:
            is_new = account.created_at == moment
            text = ""
            if _is_waiting(actor, account, moment):
                text = issue(actor, account=account, life=life, moment=moment)[0]
            place = Place(village.code, village.full_name)
            rows.append(SheetRow(place, account.login_name, str(account), text, is_new))
    above = regions.ancestors(actor, top.id)
    regency = Place(above[-1].code, above[-1].full_name) if above else Place("", "")
    return Sheet(
        Place(top.code, top.full_name), regency, moment + life, local_date(moment + life), tuple(rows)
    )


def _is_waiting(actor: Actor, account: Account, moment: datetime) -> bool:
    """Whether an account waits for its first password, and the actor governs all that it would open."""
    if account.has_usable_password():
        return False
    return governs_all(actor, ISSUE_SHEETS, account.reachable(local_date(moment)), content.roles())


def _operators(village: Region, moment: datetime) -> list[Account]:
    """Give the accounts that are operators of a village today or later."""
    today = local_date(moment)
    grants = Grant.objects.filter(role=OPERATOR_ROLE, places__region=village.id).filter(
        Q(valid_to=None) | Q(valid_to__gte=today)
    )
    return list(Account.objects.filter(pk__in=grants.values("account"), is_active=True))


def _new(actor: Actor, village: Region, moment: datetime) -> Account:
    """Make the account of a village's operator."""
    base = bare(village.code)
    taken = set(Account.objects.filter(login_name__startswith=base).values_list("login_name", flat=True))
    role = content.roles()[OPERATOR_ROLE]
    bounds = Bounds(OPERATOR_ROLE, Area((village.code,)))
    asked = Asked(role, (village,), bounds, local_date(moment), None)
    function = f"{role.name} {village.name}"
    account = add(actor, login_name=naming.free(base, taken), name="", function=function, moment=moment)
    write(actor, account=account, asked=asked, moment=moment)
    return account
