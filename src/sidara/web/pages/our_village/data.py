"""All that a village sent, as a table to take away: the newest value of each cell, its day, its mark."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sidara.collection import queries as collection
from sidara.collection.core import dataset_of
from sidara.collection.core.rights import READ
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.collection.core.village import Home
from sidara.kernel.actor import Actor
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.period import Period
from sidara.kernel.period import parse as parse_period
from sidara.regions.core import Region
from sidara.ui.figures import Column, Figure, Source, Table, text_cell
from sidara.ui.language import say
from sidara.ui.periods import format_period
from sidara.verification import queries as verification
from sidara.verification.core import Level
from sidara.web.pages.entry.naming import Names

KEY = "data-desa"


@dataclass(frozen=True)
class _Sent:
    """A submission that was sent: what stands in it, and who stands for it."""

    period: Period
    home: Home
    level: Level
    sent_date: date | None
    names: Names
    contents: Mapping[Key, Content]


def may_have(actor: Actor, region: Region) -> bool:
    """Whether the actor may take away all that the village sent, texts and restricted figures, too."""
    return actor.may(READ, region=region.code, dataset=dataset_of(region.code))


def of_village(actor: Actor, region: Region, *, today: date) -> Figure | None:
    """Lay out the newest value of each cell that a village sent; `None` for who may not read it."""
    if not may_have(actor, region):
        return None
    newest: dict[tuple[str, Key], _Sent] = {}
    for one in sorted(_sent(actor, region), key=lambda one: one.period.last_day):
        for key, content in one.contents.items():
            if content.state is not State.EMPTY:
                newest[one.home.form, key] = one
    columns = (
        Column("formulir", say("Formulir")),
        Column("nama_formulir", say("Nama formulir")),
        Column("isian", say("Isian")),
        Column("kode_unsur", say("Kode")),
        Column("rincian", say("Rincian")),
        Column("nilai", say("Nilai")),
        Column("keadaan", say("Keadaan")),
        Column("periode", say("Periode")),
        Column("tanda", say("Tanda")),
        Column("dikirim", say("Dikirim")),
    )
    rows = []
    for (form, key), one in sorted(
        newest.items(), key=lambda item: (item[0][0], item[1].names.rank(item[0][1]))
    ):
        content = one.contents[key]
        rows.append(
            tuple(
                text_cell(text)
                for text in (
                    form,
                    one.names.asking.questionnaire.form.topic,
                    one.names.about(key),
                    key.variable,
                    key.breakdown,
                    one.names.said(key, content),
                    content.state.value,
                    format_period(one.period),
                    say(one.level.words),
                    one.sent_date.isoformat() if one.sent_date else None,
                )
            )
        )
    source = Source(
        dataset_of(region.code),
        say("Isian {name} yang terkirim", name=region.name),
        region.full_name,
        say("menurut kerahasiaan tiap elemen"),
        None,
        today,
        is_simulated=region.is_example,
    )
    return Figure(
        KEY,
        say("Data {name}: nilai terbaru tiap isian yang terkirim", name=region.name),
        say("Tanda: siapa yang sudah menanggungnya."),
        Table(columns, tuple(rows)),
        (source,),
    )


def _sent(actor: Actor, region: Region) -> Iterator[_Sent]:
    """Give the submissions of a village that were sent and that the actor may read."""
    levels = verification.village_levels(actor, region.code)
    days = verification.sent_days(actor, region.code)
    dataset = dataset_of(region.code)
    for one in collection.listed(actor, under=region.code, dataset=dataset):
        home = Home(one.form, one.period)
        level, period = levels.get(home, Level.DRAFT), parse_period(one.period)
        key = SubmissionKey(one.form, region.code, one.period)
        if level is Level.DRAFT or period is None:
            continue
        filled, asked = collection.filled(actor, key), collection.readable(actor, key)
        if filled is not None and not isinstance(asked, Finding):
            contents = filled.state.contents
            yield _Sent(period, home, level, days.get(home), Names(asked[0], contents), contents)
