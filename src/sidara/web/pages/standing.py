"""Where a village stands in one index: its heading, its key figures with ranks, what must be said first."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median

from sidara.kernel.number import rounded
from sidara.regions.core import Region
from sidara.ui.language import format_number, say
from sidara.web.pages import arrangement, findings, index, moves, series, status
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Item, Note
from sidara.web.pages.status import VillageScore
from sidara.web.pages.tables import ESTIMATE


def title(region: Region, own: VillageScore, edition: Edition) -> str:
    """Say the status and how far the next one is, or which statuses are possible."""
    scale = edition.scale
    value = own.figures.get(edition.top.code)
    if value is None and own.span is not None:
        return say(
            "{label} {region_name} belum pasti: {mark_label}",
            label=edition.label,
            region_name=region.name,
            mark_label=own.mark.label,
        )
    if value is None and own.is_unavailable:
        return say(
            "{label} {region_name} tidak dapat dihitung menurut {words}",
            label=edition.label,
            region_name=region.name,
            words=arrangement.words(edition.vintage),
        )
    if value is None:
        return say("{region_name} belum punya angka {label}", region_name=region.name, label=edition.label)
    place = edition.place(value)
    classes = scale.thresholds.classes
    now = own.mark.label.lower()
    if own.status is not None and own.status != classes[place].code:
        return say(
            "{region_name} terbit sebagai {now}, padahal angkanya termasuk {status}",
            region_name=region.name,
            now=now,
            status=index.word_of(classes[place].status).lower(),
        )
    if place == len(classes) - 1:
        return say("{region_name} sudah {now}, kelas tertinggi", region_name=region.name, now=now)
    target = classes[scale.thresholds.target(place)]
    least = index.decimal(target.minimum or Fraction(value), edition.decimals)
    word = say("sudah") if place >= len(classes) - index.GOOD else say("masih")
    figure = format_number(least - rounded(value, edition.decimals), edition.decimals)
    return say(
        "{region_name} {word} {now}, kurang {figure} menuju {status}",
        region_name=region.name,
        word=word,
        now=now,
        figure=figure,
        status=index.word_of(target.status).lower(),
    )


def lead(edition: Edition, own: VillageScore, near: Mapping[str, VillageScore], district: Region) -> str:
    """Say which sub-indices lie above and below the middle of the kecamatan."""
    above: list[str] = []
    below: list[str] = []
    for level in edition.scale.sub_indices:
        others = series.known(near.values(), level.code)
        value = own.figures.get(level.code)
        if value is None or len(others) < 2:
            continue
        middle = median(others)
        if value != middle:
            (above if value > middle else below).append(series.short_name(level.name))
    return findings.beside(above, below, district.name)


def ranked(edition: Edition) -> str:
    """Name the villages among which a rank is counted."""
    return say("desa yang skornya pasti") if edition.ends else say("desa yang dinilai")


type Group = tuple[Region, Mapping[str, VillageScore]]
"""An area that ranks are counted in, and its villages by code."""


def items(
    own: VillageScore, edition: Edition, groups: Sequence[Group], before: Mapping[str, Decimal | None]
) -> tuple[Item, ...]:
    """Give the index with its status, and the rank in each group (kecamatan, kabupaten) with its movement.

    `before` = the index of all desa of the largest group in the year before.
    """
    top = edition.top.code
    value = own.figures.get(top)
    note = say(ESTIMATE) if own.is_estimate else ""
    found = [Item(f"{edition.label} {edition.period}", edition.text(value, own.span), note, mark=own.mark)]
    if value is not None:
        for place, group in groups:
            others = series.known(group.values(), top)
            rank = 1 + sum(1 for other in others if other > value)
            text = say("{rank} dari {others}", rank=format_number(rank), others=format_number(len(others)))
            then = {code: figure for code, figure in before.items() if code in group}
            moved = moves.since(edition.before, then, status.tops(edition, group))
            note = ", ".join(filter(None, (ranked(edition), moved.says(own.code))))
            found.append(Item(say("Urutan di {place_name}", place_name=place.name), text, note))
    return tuple(found)


def why_unmoved(
    edition: Edition, groups: Sequence[Group], before: Mapping[str, Decimal | None]
) -> tuple[str, ...]:
    """Say for each group why no movement of ranks is given, where none is."""
    if edition.before is None:
        return ()
    found = []
    for place, group in groups:
        then = {code: figure for code, figure in before.items() if code in group}
        moved = moves.since(edition.before, then, status.tops(edition, group))
        if moved.why_not:
            found.append(f"{place.name}: {moved.why_not}")
    return tuple(found)


def notes(own: VillageScore, edition: Edition) -> tuple[Note, ...]:
    """Tell when the published status is not that of the published figure."""
    scale = edition.scale
    value = own.figures.get(edition.top.code)
    if value is None or own.status is None:
        return ()
    again = scale.thresholds.classes[edition.place(value)]
    if again.code == own.status:
        return ()
    figure = format_number(value, edition.decimals)
    return (
        Note(
            say("Status terbit tidak cocok dengan angkanya"),
            say(
                "Status yang terbit {mark_label}. Menurut ambang, {label} {figure} termasuk {status}."
                " Halaman ini menunjukkan keduanya dan tidak mengubah yang terbit.",
                mark_label=own.mark.label,
                label=edition.label,
                figure=figure,
                status=index.word_of(again.status),
            ),
            "warning",
        ),
    )
