"""Plans kept until the process is killed: an activity, a goal with targets, a table, decisions in a file.

Imported before the processes are forked, as `tests.collection.killing`. Each number from 0 says another thing
of the same one, so that what is stored tells which number it is of.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from tests.collection.killing import NOW, OPERATOR, WORK

# isort: split
from sidara.programmes import models, queries, services
from sidara.programmes.core import Decision, GoalKind, Level, PlanKind
from sidara.programmes.core.activity_drafts import ActivityDraft, At, Gap, OutputDraft
from sidara.programmes.core.importing import Ask
from sidara.programmes.core.plan_drafts import GoalDraft, IndicatorDraft, PlanDraft
from tests.programmes import messy

for read in (queries.catalogue, queries.plan_kinds, queries.plan_tables):
    read(OPERATOR)  # content is read once here, not in each process that is killed
REGENCY = "62.01"
VILLAGES = ("62.01.02.2016", "62.01.02.2017", "62.01.02.2018")
GOAL = UUID(int=7)
PLAN_MESSAGE = UUID(int=10**9)
RPJMD = PlanDraft(
    kind=PlanKind.RPJMD, level=Level.REGENCY, area=REGENCY, title="RPJMD", year_from=2025, year_to=2029
)
DECISIONS = (Decision.REJECTED, Decision.POSTPONED)
CODES = ("2.13.04.2.01.0005", "2.13.04.2.01.0006")


def draft_of(number: int) -> ActivityDraft:
    """Give an activity of which each part tells the number."""
    return ActivityDraft(
        level=Level.REGENCY,
        area=REGENCY,
        agency="Dinas PMD",
        sector="PEM",
        name=f"Kegiatan {number}",
        activity_kind="",
        year=2027,
        budget_idr=number,
        villages=tuple(At(code, f"RT {number}") for code in VILLAGES[: 2 + number % 2]),
        outputs=tuple(
            OutputDraft(indicator=f"Keluaran {number}.{at}", unit="unit", target=Decimal(number))
            for at in range(2)
        ),
        gaps=(Gap("IDM", f"S{number % 9 + 1:02}"),),
    )


def goal_of(number: int) -> GoalDraft:
    """Give a goal whose targets and baselines tell the number; one of its indicators goes and comes."""
    return GoalDraft(
        uid=GOAL,
        kind=GoalKind.OBJECTIVE,
        name=f"Sasaran {number}",
        valid_from=2025,
        valid_to=2029,
        indicators=tuple(
            IndicatorDraft(
                name=name,
                unit="persen",
                baseline_year=2024,
                baseline=Decimal(number),
                targets={2026: Decimal(number), 2027: Decimal(number + 1)},
            )
            for name in ("Jalan layak", f"Air layak {number % 2}")
        ),
    )


def _own(number: int) -> dict[str, object]:
    return {"message_id": UUID(int=number + 1), "now": NOW + timedelta(seconds=number)}


def activity(number: int, *, is_dry: bool = False) -> None:
    """Make the activity (0) or change it; dry: the message before is answered the same again."""
    if is_dry and not number:
        return
    number -= is_dry
    row = models.Activity.objects.filter(name__startswith="Kegiatan ").first()
    uid = row.uid if row is not None and number else None
    done = services.keep_activity(OPERATOR, draft=draft_of(number), uid=uid, revision=number, **_own(number))
    assert done.is_done, (number, done.findings)
    assert done.is_repeated is is_dry, number


def goal(number: int, *, is_dry: bool = False) -> None:
    """Make the goal (0) or change it; dry: as `activity`, and the plan is made."""
    plan = services.make_plan(OPERATOR, draft=RPJMD, message_id=PLAN_MESSAGE, now=NOW).uid
    if is_dry and not number:
        return
    number -= is_dry
    assert plan is not None
    own = {"message_id": UUID(int=10**6 + number), "now": NOW + timedelta(seconds=number)}
    if number:
        done = services.change_goal(OPERATOR, draft=goal_of(number), revision=number, **own)
    else:
        done = services.make_goals(OPERATOR, plan=plan, drafts=(goal_of(0),), **own)
    assert done.is_done, (number, done.findings)
    assert done.is_repeated is is_dry, number


def table(number: int, *, is_dry: bool = False) -> None:
    """Bring in a Renja whose rows tell the number; dry: the file before changes nothing."""
    if is_dry and not number:
        return
    number -= is_dry
    heads = ["Kode", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Satuan", "Lokasi", "Target",
             "Pagu (Rp)", "Sumber Dana"]  # fmt: skip
    rows = [
        [code, "Fasilitasi", "Jumlah desa", "Desa", place, number + 1, 1000 * number, "APBDK"]
        for code, place in zip(CODES, VILLAGES, strict=False)
    ]
    ask = Ask(level=Level.REGENCY, area=REGENCY, year=2027, agency="Dinas PMD")
    _bring(number, messy.Sheet("Renja", [["RENJA"], heads, *rows]), ask, is_dry=is_dry)


def decisions(number: int, *, is_dry: bool = False) -> None:
    """Bring in proposals with a decision of the number each; dry: as `table`."""
    if is_dry and not number:
        return
    number -= is_dry
    heads = ["ID Usulan", "Desa/Kelurahan", "Kegiatan", "Status", "Alasan Penolakan"]
    said = DECISIONS[number % 2].value
    rows = [[f"U-{at}", VILLAGES[at], f"Usulan {at}", said, f"Alasan {number}"] for at in range(2)]
    ask = Ask(level=Level.REGENCY, area=REGENCY, year=2027)
    _bring(number, messy.Sheet("Ekspor", [["MUSRENBANG"], heads, *rows]), ask, is_dry=is_dry)


def _bring(number: int, sheet: messy.Sheet, ask: Ask, *, is_dry: bool) -> None:
    now = NOW + timedelta(seconds=number)
    done = services.import_plan(
        OPERATOR, content=messy.xlsx([sheet]), name=f"{number}.xlsx", ask=ask, now=now
    )
    assert done.is_stored, done.findings
    assert done.is_clean, done.findings
    wanted = {"unchanged"} if is_dry else {"created"} if number == 0 else {"updated"}
    assert {one.verdict.value for one in done.rows} == wanted, (number, done.counts)


WORK |= {"activity": activity, "goal": goal, "table": table, "decisions": decisions}


def stored_activity() -> tuple[list[str], int]:
    """Say what does not hold of the activity, and which number is stored."""
    row = models.Activity.objects.filter(name__startswith="Kegiatan ").first()
    if row is None:
        parts = (models.ActivityVillage, models.ActivityOutput, models.ActivityGap)
        return [f"{one.__name__} without activity" for one in parts if one.objects.exists()], -1
    number = int(row.name.split()[1])
    held = queries.activity_snapshot(OPERATOR, row.uid)
    draft = draft_of(number)
    wanted = {name: getattr(draft, name) for name in ("budget_idr",)}
    found = [f"half an activity: {name}" for name, value in wanted.items() if held[name] != value]
    found += [
        f"half an activity: {name} {held[name]}"
        for name, value in (
            ("villages", [{"code": one.code, "place": one.place} for one in draft.villages]),
            ("outputs", [one.indicator for one in draft.outputs]),
            ("gaps", [one.item for one in draft.gaps]),
        )
        if (
            [one["indicator"] for one in held[name]]
            if name == "outputs"
            else [one["item"] for one in held[name]]
            if name == "gaps"
            else list(held[name])
        )
        != value
    ]
    found += _events("activity", number, row.revision)
    return found, number


def stored_goal() -> tuple[list[str], int]:
    """Say what does not hold of the goal and its targets, and which number is stored."""
    row = models.Goal.objects.filter(uid=GOAL).first()
    if row is None:
        return ["indicators without goal"] * models.GoalIndicator.objects.count(), -1
    number = int(row.name.split()[1])
    held = queries.stored_targets(OPERATOR, row.plan.uid).get(GOAL, ())
    found = [] if {*map(repr, held)} == {*map(repr, goal_of(number).indicators)} else [f"half a goal: {held}"]
    return found + _events("goal", number, row.revision), number


def stored_table() -> tuple[list[str], int]:
    """Say what does not hold of the table, and which number is stored."""
    lines = list(models.PlanLine.objects.values_list("ceiling_original", "target").order_by("id"))
    rows = models.Activity.objects.exclude(name__startswith="Kegiatan ")
    number = (lines[0][0] or 0) // 1000 if lines else -1
    imports = models.PlanImport.objects.filter(table="renja").count()
    found = [] if imports == number + 1 else [f"{imports} imports of {number + 1}"]
    if len(set(lines)) > 1 or len(lines) not in {0, 2} or rows.count() != len(lines):
        found.append(f"half a table: {lines}, {rows.count()} activities")
    if {one or 0 for one in rows.values_list("budget_idr", flat=True)} != {one or 0 for one, _ in lines}:
        found.append("lines of one file, activities of another")
    if models.PlanEdition.objects.filter(plan__kind="Renja").count() != bool(lines):
        found.append("a plan without edition, or an edition without lines")
    told = models.ProgrammeEvent.objects.filter(subject="line").count()
    return found + ([] if told == 2 * max(number, 0) else [f"{told} events of lines"]), number


def stored_decisions() -> tuple[list[str], int]:
    """Say what does not hold of the proposals and their fates, and which number is stored."""
    rows = list(models.Proposal.objects.values_list("decision", "reason"))
    number = int(rows[0][1].split()[1]) if rows else -1
    found = [] if len(set(rows)) <= 1 and len(rows) in {0, 2} else [f"half a file of proposals: {rows}"]
    fates = models.ProposalFate.objects.count()
    if fates != 2 * (number + 1):
        found.append(f"{fates} fates of {number + 1} decisions on two proposals")
    return found, number


def _events(subject: str, number: int, revision: int) -> list[str]:
    told = models.ProgrammeEvent.objects.filter(subject=subject).count()
    return [] if (told, revision) == (number + 1, number + 1) else [f"{told} events, revision {revision}"]


STORED = {
    "activity": stored_activity,
    "goal": stored_goal,
    "table": stored_table,
    "decisions": stored_decisions,
}
