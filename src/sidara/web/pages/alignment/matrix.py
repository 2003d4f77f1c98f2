"""The matrix: what each level plans for each priority (or group of activities), in number and money."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sidara.programmes.core.alignment.rows import Activity
from sidara.programmes.core.codes.kinds import Kinds
from sidara.programmes.core.words import Level
from sidara.programmes.queries.alignment import FindingRow, Planned
from sidara.ui.figures import Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, say
from sidara.web.pages.alignment import words
from sidara.web.pages.alignment.asked import Asked
from sidara.web.pages.alignment.money import rupiah
from sidara.web.pages.places import Link

GOALS, GROUPS = "tujuan", "kelompok"
UNTIED = ""


@dataclass(frozen=True)
class Box:
    """One cell: words, whether anything is known of the level, whether anything is planned."""

    text: str
    label: str
    is_unknown: bool = False
    is_empty: bool = False


@dataclass(frozen=True)
class Row:
    """A goal or group with what each level does for it, and the checks that found something of it."""

    name: str
    boxes: Sequence[Box]
    notes: Sequence[Link]


@dataclass(frozen=True)
class Matrix:
    """The finding, the measure, the levels, the rows, ways to lay it out, the same as a file."""

    title: str
    subtitle: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[Row]
    ways: Sequence[Link]
    figure: Figure


def build(
    asked: Asked,
    planned: Planned,
    kinds: Kinds,
    found: Sequence[FindingRow],
    sources: Sequence[Source],
) -> Matrix:
    """Lay out activities by goal or by group of kinds, and by level."""
    is_by_goal = asked.baris != GROUPS and (bool(planned.goals) or asked.baris == GOALS)
    names = _goals(planned) if is_by_goal else _groups(planned, kinds)
    by_row = _laid(planned, kinds, is_by_goal=is_by_goal)
    levels = [one for one in Level if one in words.GOVERNMENTS or one in planned.levels]
    noted = _noted(asked, found, planned, kinds, is_by_goal=is_by_goal)
    rows = [
        Row(
            name,
            [_box(by_row.get((key, level), []), level, planned) for level in levels],
            noted.get(key, ()),
        )
        for key, name in names.items()
    ]
    title = _title(names, by_row, levels)
    return Matrix(
        title,
        say(
            "Jumlah kegiatan dan anggarannya {year} menurut {row} dan tingkat. Kotak berarsir: tingkat itu"
            " belum ada datanya, jadi belum dapat dinilai.",
            year=asked.year,
            row=say("tujuan prioritas") if is_by_goal else say("kelompok kegiatan"),
        ),
        say("Tujuan prioritas") if is_by_goal else say("Kelompok kegiatan"),
        [words.level(one) for one in levels],
        rows,
        _ways(asked, is_by_goal=is_by_goal),
        _figure(title, names, by_row, levels, planned, sources),
    )


def _goals(planned: Planned) -> dict[str, str]:
    made = dict(sorted(planned.goals.items(), key=lambda one: one[1]))
    return made | {UNTIED: say("Belum tertaut ke tujuan prioritas")}


def _groups(planned: Planned, kinds: Kinds) -> dict[str, str]:
    used = {_group(one, kinds) for one in planned.activities}
    named = {code: name for code, name in kinds.labels["groups"].items() if code in used}
    return named | ({UNTIED: say("Belum berjenis kegiatan")} if UNTIED in used else {})


def _group(one: Activity, kinds: Kinds) -> str:
    kind = kinds.find(one.kind) if one.kind else None
    return kind.group if kind else UNTIED


def _laid(planned: Planned, kinds: Kinds, *, is_by_goal: bool) -> Mapping[tuple[str, Level], list[Activity]]:
    made: defaultdict[tuple[str, Level], list[Activity]] = defaultdict(list)
    for one in planned.activities:
        row = planned.goal_of[one.id] if is_by_goal else _group(one, kinds)
        made[row, one.level].append(one)
    return made


def _sum(rows: Sequence[Activity], planned: Planned) -> int | None:
    known = [money for one in rows if (money := planned.money(one)) is not None]
    return sum(known) if known else None


def _box(rows: Sequence[Activity], level: Level, planned: Planned) -> Box:
    label = words.level(level)
    if level not in planned.levels:
        return Box(say(words.MISSING[level]), label, is_unknown=True)
    if not rows and planned.without.get(level):
        return Box(say("tidak ada pada data yang ada"), label, is_empty=True)
    if not rows:
        return Box(say("tidak ada"), label, is_empty=True)
    return Box(f"{format_number(len(rows))}, {rupiah(_sum(rows, planned))}", label)


def _noted(
    asked: Asked, found: Sequence[FindingRow], planned: Planned, kinds: Kinds, *, is_by_goal: bool
) -> dict[str, list[Link]]:
    """Give the checks that found something of the activities or the goal of a row."""
    made: defaultdict[str, set[str]] = defaultdict(set)
    by_id = {one.id: one for one in planned.activities}
    for one in found:
        for row in one.rows:
            activity = by_id.get(row.id)
            if activity is not None:
                key = planned.goal_of[activity.id] if is_by_goal else _group(activity, kinds)
                made[key].add(one.code)
            elif is_by_goal and row.id in planned.row_of:
                made[planned.row_of[row.id]].add(one.code)
    return {
        key: [Link(words.short(code), asked.href(uji=code) + "#temuan") for code in sorted(codes)]
        for key, codes in made.items()
    }


def _title(
    names: Mapping[str, str], by_row: Mapping[tuple[str, Level], list[Activity]], levels: Sequence[Level]
) -> str:
    """Say which row most levels work for, and which the fewest."""
    reach = {key: sum(bool(by_row.get((key, level))) for level in levels) for key in names if key}
    if not any(reach.values()):
        return say("Belum ada kegiatan yang tertaut")
    most = max(reach, key=lambda key: reach[key])
    least = min(reach, key=lambda key: reach[key])
    if reach[least] == reach[most]:
        return say("Setiap baris dikerjakan {n} tingkat", n=reach[most])
    if reach[least] == 0:
        return say(
            "{most} dikerjakan {n} tingkat, {least} belum punya kegiatan yang tertaut",
            most=names[most],
            n=reach[most],
            least=_lower(names[least]),
        )
    return say(
        "{most} dikerjakan {n} tingkat, {least} hanya {k}",
        most=names[most],
        n=reach[most],
        least=_lower(names[least]),
        k=reach[least],
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _ways(asked: Asked, *, is_by_goal: bool) -> tuple[Link, ...]:
    goals = Link(say("Menurut tujuan"), "" if is_by_goal else asked.href(baris=GOALS) + "#matriks")
    groups = Link(
        say("Menurut kelompok kegiatan"), asked.href(baris=GROUPS) + "#matriks" if is_by_goal else ""
    )
    return goals, groups


def _figure(  # noqa: PLR0913, PLR0917 - the parts of a figure
    title: str,
    names: Mapping[str, str],
    by_row: Mapping[tuple[str, Level], list[Activity]],
    levels: Sequence[Level],
    planned: Planned,
    sources: Sequence[Source],
) -> Figure:
    columns = (
        Column("tujuan", say("Tujuan")),
        Column("tingkat", say("Tingkat")),
        Column("kegiatan", say("Kegiatan"), is_number=True),
        Column("anggaran_rp", say("Anggaran (Rp)"), is_number=True),
        Column("keterangan", say("Keterangan")),
    )
    rows = []
    for key, name in names.items():
        for level in levels:
            own = by_row.get((key, level), [])
            is_known = level in planned.levels
            rows.append(
                (
                    text_cell(name),
                    text_cell(words.level(level)),
                    number_cell(len(own) if is_known else None),
                    number_cell(_sum(own, planned)),
                    text_cell("" if is_known else say(words.MISSING[level])),
                )
            )
    return Figure("matriks", title, "", Table(columns, tuple(rows)), sources)
