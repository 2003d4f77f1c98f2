"""What villages proposed beside what was planned: by kind of activity, answered and met."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sidara.programmes.core.alignment.rows import Proposal
from sidara.programmes.core.codes.kinds import Kinds
from sidara.programmes.core.words import Decision
from sidara.programmes.queries.alignment import Planned
from sidara.ui.figures import Cell, Column, Figure, Source, Table, number_cell, text_cell
from sidara.ui.language import format_number, say

LISTED = 12


@dataclass(frozen=True)
class Row:
    """Proposals of one kind, and how many of them are tied or at least met by an activity of their kind."""

    name: str
    rows: Sequence[Proposal]
    tied: int
    met: int


def build(planned: Planned, kinds: Kinds, sources: Sequence[Source], year: int) -> Figure | None:
    """Count proposals by kind; nothing where none were made."""
    if not planned.proposals:
        return None
    here = {(one.kind, code) for one in planned.activities if one.kind for code in one.villages}
    grouped: defaultdict[str, list[Proposal]] = defaultdict(list)
    for one in planned.proposals:
        grouped[one.kind].append(one)
    rows = [_row(kinds, kind, own, here) for kind, own in grouped.items()]
    rows.sort(key=lambda one: (-len(one.rows), one.name))
    every, met = len(planned.proposals), sum(one.met for one in rows)
    columns = (
        Column("jenis", say("Jenis kegiatan")),
        Column("usulan", say("Usulan"), is_number=True),
        Column("desa", say("Desa", context="banyak"), is_number=True),
        Column("diterima", say("Diterima"), is_number=True),
        Column("tertaut", say("Tertaut ke rencana"), is_number=True),
        Column("sejenis", say("Ada kegiatan sejenis di desanya"), is_number=True),
        Column("ditolak", say("Ditolak atau ditunda"), is_number=True),
        Column("belum", say("Belum diputus"), is_number=True),
    )
    table = Table(columns, tuple(_cells(one) for one in rows))
    title = say(
        "{met} dari {every} usulan desa punya kegiatan sejenis di desanya",
        met=format_number(met),
        every=format_number(every),
    )
    said = say("Usulan {year} menurut jenis kegiatan, di samping yang direncanakan semua tingkat", year=year)
    return Figure("usulan", title, said, table, sources, first=LISTED)


def _row(kinds: Kinds, kind: str, own: Sequence[Proposal], here: set[tuple[str, str]]) -> Row:
    found = kinds.find(kind) if kind else None
    return Row(
        found.name if found else say("Belum berjenis kegiatan"),
        own,
        sum(one.linked_activity is not None for one in own),
        sum((one.kind, one.village) in here for one in own if one.kind),
    )


def _cells(one: Row) -> tuple[Cell, ...]:
    count = {decision: sum(row.decision is decision for row in one.rows) for decision in Decision}
    return (
        text_cell(one.name, language="id"),
        number_cell(len(one.rows)),
        number_cell(len({row.village for row in one.rows})),
        number_cell(count[Decision.ACCEPTED]),
        number_cell(one.tied),
        number_cell(one.met),
        number_cell(count[Decision.REJECTED] + count[Decision.POSTPONED]),
        number_cell(count[Decision.OPEN]),
    )
