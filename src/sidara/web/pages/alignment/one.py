"""One finding: what is found, the rows and villages behind it, whose it is, what was said to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.kernel.clock import local_date
from sidara.kernel.finding import Finding, Severity
from sidara.programmes import queries, services
from sidara.programmes.core.words import Level, State
from sidara.programmes.queries import EXPLAIN
from sidara.programmes.queries.alignment import FindingRow, RowSeen
from sidara.regions import queries as regions
from sidara.regions.core import Level as AreaLevel
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.address import EXAMPLE, REAL
from sidara.web.pages.alignment import words
from sidara.web.pages.alignment.asked import Asked
from sidara.web.pages.alignment.money import rupiah
from sidara.web.pages.places import Link, href_of

NAMED = 60
PAGES = {"activities": "programme", "proposals": "proposal"}
EXPLAINING, OPENING = "jelaskan", "buka"


@dataclass(frozen=True)
class Row:
    """A row behind the finding, for people; `href` leads to where it can be mended."""

    name: str
    href: str
    source: str
    owner: str
    level: str
    money: str


@dataclass(frozen=True)
class Page:
    """The finding with all that is known of it; `message_id` makes a form that is sent twice one."""

    uid: UUID
    code: str
    check: str
    message: str
    remedy: str
    money: str
    look: str
    weight: str
    state: str
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    villages: Sequence[Link]
    more_villages: int
    back: str
    is_simulated: bool
    reason: str
    explained_by: str
    may_explain: bool
    may_open: bool
    message_id: UUID
    refused: Sequence[Finding] = ()


def build(actor: Actor, uid: UUID, *, refused: Sequence[Finding] = ()) -> Page | None:
    """Build the page of a finding; `None` where there is none. Refuses who may not read it."""
    one = queries.alignment.finding(actor, uid)
    if one is None:
        return None
    about = queries.alignment.rules(actor).checks[one.code]
    shown = one.villages[:NAMED]
    places = regions.named(actor, [*shown, *one.owner_areas])
    look, weight = words.SEVERITIES[one.severity]
    documents = queries.alignment.documents_of(actor, one.rows)
    is_own = may_explain(actor, one) and one.severity is not Severity.NOT_EVALUATED
    return Page(
        uid=uid,
        code=words.short(one.code),
        check=about.name,
        message=one.message,
        remedy=one.remedy,
        money=rupiah(one.amount_idr) if one.amount_idr is not None else "",
        look=look,
        weight=say(weight),
        state=words.state(one.state),
        facts=_facts(one, about.owner),
        rows=[_row(row, documents) for row in one.rows],
        villages=[
            Link(places[code].full_name if code in places else code, href_of(code, AreaLevel.VILLAGE))
            for code in shown
        ],
        more_villages=len(one.villages) - len(shown),
        back=_back(one),
        is_simulated=one.is_simulated,
        reason=one.reason,
        explained_by=one.explained_by,
        may_explain=is_own and one.state is not State.SOLVED,
        may_open=is_own and one.state is State.EXPLAINED,
        message_id=uuid4(),
        refused=refused,
    )


def may_explain(actor: Actor, one: FindingRow) -> bool:
    """Whether the reader owns one of the rows."""
    return any(queries.holds_in(actor, EXPLAIN, code) for code in one.owner_areas)


def act(actor: Actor, uid: UUID, posted: Mapping[str, str], *, now: datetime) -> Sequence[Finding]:
    """Carry out what was posted; gives what held it back."""
    try:
        message = UUID(posted.get("kiriman", ""))
    except ValueError:
        message = uuid4()
    reason = posted.get("alasan", "")
    service = services.reopen_finding if posted.get("tindakan") == OPENING else services.explain_finding
    return service(actor, uid=uid, reason=reason, message_id=message, now=now).findings


def _facts(one: FindingRow, owner: str) -> list[tuple[str, str]]:
    told = [
        (say("Yang memperbaiki"), one.owner or owner),
        (say("Pertama terlihat"), format_date(local_date(one.first_seen_at))),
        (say("Pemeriksaan terakhir"), say("nomor {n}", n=one.last_run)),
    ]
    if one.villages:
        told.append((say("Desa", context="banyak"), format_number(len(one.villages))))
    if one.solved_at is not None:
        told.append((say("Selesai"), format_date(local_date(one.solved_at))))
    return told


def _row(row: RowSeen, documents: Mapping[str, UUID]) -> Row:
    level = words.level(Level(row.level)) if row.level else ""
    money = rupiah(row.amount_idr) if row.amount_idr is not None else ""
    source = ", ".join(filter(None, (row.document, row.fund_source)))
    return Row(row.name, _href(row, documents), source, row.owner, level, money)


def _href(row: RowSeen, documents: Mapping[str, UUID]) -> str:
    """Lead to the activity, the proposal, or the document that holds the line or the goal."""
    if row.table in PAGES:
        return reverse(PAGES[row.table], args=[row.id])
    if row.id not in documents:
        return ""
    page = reverse("plan", args=[documents[row.id]])
    return f"{page}#t-{row.id}" if row.table == "goals" else page


def _back(one: FindingRow) -> str:
    """Lead back to the page on which the finding stands."""
    year = next((row.document[-4:] for row in one.rows if row.document[-4:].isdigit()), "")
    asked = Asked(himpunan=EXAMPLE if one.is_simulated else REAL, tahun=year, uji=one.code)
    return asked.href() + "#temuan"
