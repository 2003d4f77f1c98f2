"""The page of proposals: their way, who waits for whom, and each one by name with filters by link."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from sidara.kernel.actor import Actor
from sidara.programmes import queries
from sidara.programmes.core.registers import Answer
from sidara.programmes.core.registers import waiting as waiting_of
from sidara.programmes.queries import Meeting, Stated
from sidara.regions import queries as regions
from sidara.ui.figures import Cell, Column, Figure, LaidOut, Table, number_cell, text_cell
from sidara.ui.language import format_date, format_number, format_percent, say
from sidara.web.pages.parts import Choice, Item
from sidara.web.pages.places import Link
from sidara.web.pages.registers.asked import Asked
from sidara.web.pages.registers.frame import Page, Stand, empty, page, stand
from sidara.web.pages.registers.funnel import by_age, by_level, by_origin, fate_words, half, level_words, way

LISTED = 50
"""Proposals that a page lists; its files hold all."""


def build(actor: Actor, asked: Asked, province: str, *, today: date) -> Page:
    """Build the page of an area."""
    at = stand(actor, "proposals", asked, province, today=today)
    if isinstance(at, Page):
        return at
    every = queries.proposals_of(actor, at.scope, today=today)
    if not every:
        return empty(at)
    chosen = [one for one in every if _is_chosen(at.asked, one)]
    answers = [Answer(one.days, one.is_answered) for one in chosen]
    waited = waiting_of(answers)
    made = queries.funnel(actor, at.scope, today=today)
    is_whole = len(chosen) == len(every)
    title = (
        say(
            "{n} dari {all} usulan belum dijawab",
            n=format_number(waited.waiting),
            all=format_number(len(chosen)),
        )
        if waited.waiting
        else say("Semua {all} usulan sudah dijawab", all=format_number(len(chosen)))
    )
    items = (
        Item(
            say("Usulan"),
            format_number(len(chosen)),
            say("dari {n} desa", n=format_number(_villages(chosen))),
        ),
        Item(
            say("Dijawab"),
            format_percent(waited.answered, len(chosen)) if chosen else format_number(None),
            say("{n} usulan", n=format_number(waited.answered)),
        ),
        Item(say("Separuh dijawab dalam"), half(waited), ""),
        Item(
            say("Terlama menunggu"),
            say("{n} hari", n=format_number(waited.oldest))
            if waited.oldest is not None
            else format_number(None),
            say("{n} usulan menunggu", n=format_number(waited.waiting)),
        ),
    )
    pictures = [way(at, made.total), by_origin(at, made.total), by_level(at)] if is_whole else []
    built = page(at, title, items, [*pictures, by_age(at, answers), _list(at, chosen)], made)
    return _with_filters(at, built, every)


def _villages(chosen: Sequence[Stated]) -> int:
    return len({one.village_id for one in chosen})


def _is_chosen(asked: Asked, one: Stated) -> bool:
    return (
        asked.tingkat in {"", one.level_asked}
        and asked.asal in {"", one.origin}
        and asked.nasib in {"", one.fate}
    )


def _with_filters(at: Stand, built: Page, every: Sequence[Stated]) -> Page:
    """Offer what is there: levels asked, origins, fates, with how many each has."""
    filters: tuple[tuple[str, str, Callable[[Stated], str], Callable[[str], str]], ...] = (
        ("tingkat", say("Tingkat yang dituju"), lambda one: one.level_asked, level_words),
        ("asal", say("Asal usulan"), lambda one: one.origin, lambda code: at.label("USL_011", code or "?")),
        ("nasib", say("Nasib usulan"), lambda one: one.fate, fate_words),
    )
    more = []
    for name, label, of, words in filters:
        counts = Counter(of(one) for one in every if of(one))
        now = str(getattr(at.asked, name))
        links = [Link(say("Semua"), at.asked.href(at.address, **{name: ""}) if now else "")]
        links += [
            Link(
                f"{words(code)} ({format_number(count)})",
                "" if code == now else at.asked.href(at.address, **{name: code}),
            )
            for code, count in counts.most_common()
        ]
        more.append(Choice(label, links))
    return replace(built, choices=(*built.choices, *more))


def _held(at: Stand, chosen: Sequence[Stated]) -> Mapping[tuple[int, date | None], Meeting]:
    """Give the meetings of the years in which proposals were agreed on, by village and day."""
    made: dict[tuple[int, date | None], Meeting] = {}
    for year in sorted({one.meeting_date.year for one in chosen if one.meeting_date}):
        made |= queries.meetings_on(at.actor, replace(at.scope, year=year))
    return made


def minutes_words(held: Meeting | None) -> str:
    """Say whether the list of meetings has minutes of a meeting, and their file."""
    if held is None:
        return say("tidak tercatat")
    if held.has_file:
        return say("ada, dengan berkas")
    return say("ada") if held.has_minutes else say("belum ada")


def _list(at: Stand, chosen: Sequence[Stated]) -> Figure:
    places = regions.regions(at.actor, {one.village_id for one in chosen})
    held = _held(at, chosen)
    columns = (
        Column("kode", say("Kode"), is_file_only=True),
        Column("usulan", say("Usulan")),
        Column("desa", say("Desa")),
        Column("tahun", say("Tahun"), is_file_only=True),
        Column("musyawarah", say("Musyawarah")),
        Column("berita_acara", say("Berita acara")),
        Column("asal", say("Asal")),
        Column("tingkat", say("Ditujukan ke")),
        Column("biaya", say("Biaya, rupiah"), is_number=True),
        Column("nasib", say("Nasib")),
        Column("alasan", say("Alasan"), is_file_only=True),
        Column("hari", say("Hari"), is_number=True),
    )
    ordered = sorted(chosen, key=lambda one: (one.is_answered, -(one.days or 0)))

    def row(one: Stated) -> tuple[Cell, ...]:
        return (
            text_cell(places[one.village_id].code),
            Cell(one.text, one.text, reverse("proposal", args=(one.uid,)), language="id"),
            text_cell(places[one.village_id].name),
            text_cell(str(one.year)),
            text_cell(format_date(one.meeting_date) if one.meeting_date else None),
            text_cell(minutes_words(held.get((one.village_id, one.meeting_date)))),
            text_cell(at.label("USL_011", one.origin or "?")),
            text_cell(level_words(one.level_asked)),
            number_cell(one.budget_idr),
            text_cell(fate_words(one.fate)),
            text_cell(one.decision_reason or one.reason),
            number_cell(one.days),
        )

    title = say("{n} usulan, yang paling lama menunggu lebih dahulu", n=format_number(len(chosen)))
    said = say("Hari dihitung dari musyawarah sampai jawaban pertama, atau sampai hari ini")
    table = Table(columns, LaidOut(ordered, row))
    return Figure("daftar", title, said, table, at.sources, most=LISTED)
