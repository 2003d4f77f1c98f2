"""What is written on the editor of a plan: head, editions, goals with targets, ties, lines; a form each."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sidara.kernel.actor import Actor
from sidara.kernel.finding import Finding
from sidara.programmes import services
from sidara.programmes.core import GOVERNMENT_OF, Edition, GoalKind, GoalTie, Government, Level, PlanKind
from sidara.programmes.core.listed import PlanView
from sidara.programmes.core.plan_drafts import (
    EditionDraft,
    GoalDraft,
    IndicatorDraft,
    LineDraft,
    PlanDraft,
    not_chosen,
    unreadable,
)
from sidara.programmes.services import Outcome
from sidara.web.pages.programmes import form
from sidara.web.pages.programmes.form import Fields

ACT = "aksi"
HEAD, EDITION, GOAL, LINK, UNLINK, LINE, REMOVE = (
    *("kepala", "edisi", "tujuan", "kait", "lepas", "baris", "keluarkan"),
)
INDICATORS = 6


def act(actor: Actor, view: PlanView, fields: Fields, *, now: datetime) -> Outcome:
    """Do what the posted form asks with a plan; findings where it cannot be read or done."""
    acts: Mapping[str, Callable[[Actor, PlanView, Fields, UUID, datetime], Outcome]] = {
        HEAD: _head,
        EDITION: _edition,
        GOAL: _goal,
        LINK: _link,
        UNLINK: _unlink,
        LINE: _line,
        REMOVE: _remove,
    }
    done = acts.get(form.one(fields, ACT))
    message = form.uuid_of(form.one(fields, "pesan")) or uuid4()
    return done(actor, view, fields, message, now) if done else Outcome()


def make(actor: Actor, fields: Fields, *, simulated: bool, now: datetime) -> Outcome:
    """Make a plan out of its head."""
    found: list[Finding] = []
    level, _, area = form.one(fields, "pemilik").partition("|")
    draft = PlanDraft(
        kind=PlanKind(kind) if (kind := form.one(fields, "jenis")) in set(PlanKind) else PlanKind.RPJMD,
        level=Level(level) if level in set(Level) else Level.VILLAGE,
        area=area,
        agency=form.one(fields, "pelaksana"),
        sector=form.one(fields, "bidang"),
        title=form.one(fields, "judul"),
        year_from=_year(fields, "dari", found),
        year_to=_year(fields, "sampai", found),
        is_simulated=simulated,
    )
    if found:
        return Outcome(findings=tuple(found))
    return services.make_plan(
        actor,
        draft=draft,
        edition=_edition_draft(fields),
        message_id=form.uuid_of(form.one(fields, "pesan")) or uuid4(),
        now=now,
    )


def _head(actor: Actor, view: PlanView, fields: Fields, message: UUID, now: datetime) -> Outcome:
    plan, found = view.plan, list[Finding]()
    draft = PlanDraft(
        kind=plan.kind,
        level=plan.level,
        area=plan.area,
        agency=form.one(fields, "pelaksana"),
        sector=plan.sector,
        title=form.one(fields, "judul"),
        year_from=_year(fields, "dari", found),
        year_to=_year(fields, "sampai", found),
        is_simulated=plan.is_simulated,
    )
    if found:
        return Outcome(findings=tuple(found))
    return services.change_plan(
        actor, uid=plan.uid, draft=draft, revision=_revision(fields), message_id=message, now=now
    )


def _edition(actor: Actor, view: PlanView, fields: Fields, message: UUID, now: datetime) -> Outcome:
    return services.add_edition(
        actor,
        uid=view.plan.uid,
        edition=_edition_draft(fields),
        revision=_revision(fields),
        message_id=message,
        now=now,
    )


def _edition_draft(fields: Fields) -> EditionDraft:
    word = form.one(fields, "edisi")
    return EditionDraft(
        edition=Edition(word) if word in set(Edition) else Edition.ORIGINAL,
        document=form.one(fields, "dokumen"),
        established_date=_day(form.one(fields, "ditetapkan")),
    )


def _goal(actor: Actor, view: PlanView, fields: Fields, message: UUID, now: datetime) -> Outcome:
    found: list[Finding] = []
    uid = form.uuid_of(form.one(fields, "uid"))
    kind = form.one(fields, "langkah")
    draft = GoalDraft(
        uid=uid or form.uuid_of(form.one(fields, "baru")) or uuid4(),
        kind=GoalKind(kind) if kind in set(GoalKind) else GoalKind.OBJECTIVE,
        code=form.one(fields, "kode"),
        name=form.one(fields, "nama"),
        parent=form.uuid_of(form.one(fields, "atas")),
        is_priority=bool(form.one(fields, "prioritas")),
        priority=form.one(fields, "prioritas_siapa"),
        valid_from=_year(fields, "dari", found),
        valid_to=_year(fields, "sampai", found),
        place=form.whole(form.one(fields, "urutan")) or 0,
        indicators=tuple(_indicators(fields, found)),
    )
    if found:
        return Outcome(findings=tuple(found))
    if uid is None:
        return services.make_goals(actor, plan=view.plan.uid, drafts=[draft], message_id=message, now=now)
    return services.change_goal(actor, draft=draft, revision=_revision(fields), message_id=message, now=now)


def _indicators(fields: Fields, found: list[Finding]) -> "list[IndicatorDraft]":
    made = []
    for number in range(INDICATORS):
        name = form.one(fields, f"indikator-{number}")
        if not name:
            continue
        baseline, year = form.one(fields, f"dasar-{number}"), form.one(fields, f"tahun_dasar-{number}")
        made.append(
            IndicatorDraft(
                name=name,
                indicator=form.one(fields, f"sandi-{number}"),
                unit=form.one(fields, f"satuan-{number}"),
                baseline_year=form.whole(year),
                baseline=_figure(baseline, found) if baseline else None,
                targets=_targets(form.one(fields, f"target-{number}"), found),
            )
        )
    return made


def _targets(text: str, found: list[Finding]) -> dict[int, Decimal]:
    """Read targets as `2026=50; 2027=60,5`."""
    made = {}
    for part in text.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        year, mark, value = part.partition("=")
        number = form.whole(year)
        if not mark or number is None:
            found.append(unreadable("target", part.strip(), "2026=50"))
            continue
        made[number] = _figure(value, found)
    return made


def _figure(text: str, found: list[Finding]) -> Decimal:
    value = form.decimal(text.strip())
    if value is None:
        found.append(unreadable("target", text.strip(), "12,5"))
    return value or Decimal(0)


def _link(actor: Actor, _view: PlanView, fields: Fields, message: UUID, now: datetime) -> Outcome:
    lower, upper = form.uuid_of(form.one(fields, "bawah")), form.uuid_of(form.one(fields, "atas"))
    if lower is None or upper is None:
        return Outcome(findings=(not_chosen("atas"),))
    word = form.one(fields, "cara")
    tie = GoalTie(word) if word in set(GoalTie) else GoalTie.SUPPORTS
    return services.link_goals(actor, lower=lower, upper=upper, tie=tie, message_id=message, now=now)


def _unlink(actor: Actor, _view: PlanView, fields: Fields, message: UUID, now: datetime) -> Outcome:
    lower, upper = form.uuid_of(form.one(fields, "bawah")), form.uuid_of(form.one(fields, "atas"))
    if lower is None or upper is None:
        return Outcome()
    return services.unlink_goals(actor, lower=lower, upper=upper, message_id=message, now=now)


def _line(actor: Actor, view: PlanView, fields: Fields, message: UUID, now: datetime) -> Outcome:
    found: list[Finding] = []
    target, revised = form.one(fields, "target"), form.one(fields, "target_perubahan")
    uid = form.uuid_of(form.one(fields, "uid"))
    draft = LineDraft(
        year=_year(fields, "tahun", found),
        name=form.one(fields, "nama"),
        government=GOVERNMENT_OF.get(view.plan.level, Government.REGENCY),
        code=form.one(fields, "kode"),
        agency=form.one(fields, "pelaksana"),
        indicator=form.one(fields, "indikator"),
        unit=form.one(fields, "satuan"),
        target=_figure(target, found) if target else None,
        target_revised=_figure(revised, found) if revised else None,
        ceiling_original=_money(fields, "pagu", found),
        ceiling_revised=_money(fields, "pagu_perubahan", found),
        reason=form.one(fields, "alasan"),
        goal=form.uuid_of(form.one(fields, "tujuan")),
    )
    if found:
        return Outcome(findings=tuple(found))
    return services.keep_line(
        actor,
        plan=view.plan.uid,
        draft=draft,
        message_id=message,
        now=now,
        uid=uid,
        revision=_revision(fields),
    )


def _remove(actor: Actor, view: PlanView, fields: Fields, message: UUID, now: datetime) -> Outcome:
    uid = form.uuid_of(form.one(fields, "uid"))
    if uid is None:
        return Outcome()
    return services.remove_line(
        actor,
        plan=view.plan.uid,
        uid=uid,
        revision=_revision(fields),
        reason=form.one(fields, "alasan"),
        message_id=message,
        now=now,
    )


def _year(fields: Fields, name: str, found: list[Finding]) -> int:
    text = form.one(fields, name)
    value = form.whole(text)
    if value is None:
        found.append(unreadable(name, text, "2027"))
    return value or 0


def _money(fields: Fields, name: str, found: list[Finding]) -> int | None:
    text = form.one(fields, name)
    value = form.whole(text)
    if text and value is None:
        found.append(unreadable(name, text, "250.000.000"))
    return value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _revision(fields: Fields) -> int:
    text = form.one(fields, "revisi")
    return int(text) if text.isascii() and text.isdigit() else 0
