"""What became of each proposal (usulan) of a village, from the meeting on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sidara.dictionary import queries as dictionary
from sidara.kernel.actor import Actor
from sidara.programmes.core import Fate, Level
from sidara.programmes.queries import Stated
from sidara.regions.core import Region
from sidara.ui.figures import Cell, Column, Figure, Source, Table, text_cell
from sidara.ui.language import format_date, format_number, say
from sidara.web.pages.our_village.planned import LEVELS, held

FATE, ORIGIN = "USL_013", "USL_011"
"""The columns of the list of proposals whose options name fates and origins."""
OPEN = 8


@dataclass(frozen=True)
class Told:
    """A proposal in words."""

    text: str
    year: int
    asked: str
    origin: str
    fate: str
    day: str
    reason: str
    is_waiting: bool


@dataclass(frozen=True)
class Fates:
    """All proposals of a village, the newest first; `title` counts the answered ones of the newest year."""

    title: str
    figure: Figure | None
    told: Sequence[Told] = ()
    year: int | None = None

    @property
    def newest(self) -> Sequence[Told]:
        """Those of the newest year."""
        return [one for one in self.told if one.year == self.year]


def of_village(actor: Actor, region: Region, found: Sequence[Stated], *, today: date) -> Fates:
    """Tell what became of the proposals of a village."""
    if not found:
        return Fates(
            say(
                "Belum ada usulan yang tercatat. Isi daftar usulan pada formulir partisipasi sesudah musdes."
            ),
            None,
        )
    fates, origins = words_of(actor, FATE), words_of(actor, ORIGIN)
    told = tuple(_told(one, fates, origins) for one in found)
    year = max(one.year for one in found)
    title = _title(found, year)
    return Fates(title, _figure(found, told, title, held(region, today)), told, year)


def words_of(actor: Actor, column: str) -> dict[str, str]:
    """Give the words of the options of a column of the list of proposals, by their code."""
    made = dictionary.dictionary(actor)
    found = made.columns.get(column)
    return {} if found is None else {each.code: each.label for each in made.options_of(found[1])}


def _title(found: Sequence[Stated], year: int) -> str:
    own = [one for one in found if one.year == year]
    counts = Counter(one.fate for one in own)
    answered = sum(one.is_answered for one in own)
    return say(
        "{answered} dari {n} usulan {year} sudah dijawab, {done} terlaksana",
        answered=format_number(answered),
        n=format_number(len(own)),
        year=year,
        done=format_number(counts[Fate.DONE]),
    )


def _told(one: Stated, fates: Mapping[str, str], origins: Mapping[str, str]) -> Told:
    day = format_date(one.steps[-1].day) if one.steps else ""
    if not one.is_answered and one.days is not None:
        day = say("menunggu {days} hari", days=format_number(one.days))
    fate = fates.get(one.fate or Fate.NOTED, one.fate)
    return Told(
        one.text,
        one.year,
        say(LEVELS[Level(one.level_asked)]),
        origins.get(one.origin, one.origin),
        fate,
        day,
        _why(one),
        not one.is_answered,
    )


def _why(one: Stated) -> str:
    """Give the reason of the last fate, else of the decision, else what the proposal became."""
    last = one.steps[-1].reason if one.steps else ""
    return last or one.reason or one.decision_reason or one.activity_name


def _figure(found: Sequence[Stated], told: Sequence[Told], title: str, source: Source) -> Figure:
    columns = (
        Column("usulan", say("Usulan")),
        Column("tahun", say("Tahun"), is_number=True),
        Column("asal", say("Asal")),
        Column("ditujukan", say("Ditujukan kepada")),
        Column("nasib", say("Nasib")),
        Column("sejak", say("Sejak")),
        Column("alasan", say("Alasan atau kegiatannya")),
        Column("tingkat", say("Tingkat"), is_file_only=True),
        Column("dokumen", say("Dokumen"), is_file_only=True),
        Column("tanggal_musyawarah", say("Tanggal musyawarah"), is_file_only=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            text_cell(each.text, language="id"),
            Cell(each.year, str(each.year)),
            text_cell(each.origin or None, language="id"),
            text_cell(each.asked, language="id"),
            text_cell(each.fate, language="id"),
            Cell(one.steps[-1].day.isoformat() if one.steps else None, each.day or format_number(None)),
            text_cell(each.reason or None, language="id"),
            text_cell(one.level_asked),
            text_cell(one.document),
            text_cell(one.meeting_date.isoformat() if one.meeting_date else None),
        )
        for one, each in zip(found, told, strict=True)
    ]
    return Figure(
        "usulan",
        title,
        say("Usulan desa ini, yang terbaru lebih dulu, dengan keadaan terakhirnya."),
        Table(columns, tuple(rows)),
        (source,),
        first=OPEN,
    )
