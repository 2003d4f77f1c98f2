"""What speaks against a line or group of a succession file: the file itself, or what the register holds.

Each function gives the finding, or `None`. Words: links (successions held or planned so far).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sidara.kernel.finding import Finding
from sidara.regions.core.code import level_of
from sidara.regions.core.lineage import DAY, Change, Succession
from sidara.regions.core.past import Known
from sidara.regions.core.succession import Group, Planned, Told, fault, out_of_order

HISTORY = "lihat: sidara regions history KODE"


def repeated(told: Sequence[Told]) -> Iterator[Finding]:
    """Tell lines that say of the same areas and day what an earlier line of the file says."""
    seen: dict[tuple[object, ...], int] = {}
    for one in told:
        is_link = one.kind in {Change.SPLIT, Change.MERGE}
        key: tuple[object, ...] = (one.day, one.kind, one.old_code)
        if is_link:
            key = (one.day, one.old_code, one.new_code)
        if one.kind is Change.NEW:
            key = (*key, one.new_code)
        first = seen.setdefault(key, one.line)
        if first != one.line:
            yield twice(one, first)


def twice(one: Told, first: int) -> Finding:
    """Say that a line tells again what another one told."""
    code = one.old_code or one.new_code or ""
    return fault(
        "SUCCESSION_TWICE",
        f"Baris {first} sudah menulis perubahan {one.day.isoformat()} untuk {code}.",
        "Hapus salah satu barisnya, atau perbaiki tanggal atau kodenya.",
        one.line,
        code,
    )


def planned_twice(one: Told, found: Succession, planned: Iterable[Planned]) -> Finding | None:
    """Refuse a change that another line of the file brings, under another code of the area."""
    key = (found.new, found.day, found.kind)
    lines = (
        other.line
        for other in planned
        if (other.succession.new, other.succession.day, other.succession.kind) == key
    )
    first = next(lines, None)
    return None if first is None else twice(one, first)


def other_outcome(region: Known, line: Told) -> Finding:
    """Say that a change of the day is held, and came out otherwise."""
    return fault(
        "SUCCESSION_OTHER",
        f"{line.kind.label} {region.name_on(line.day)} pada {line.day.isoformat()} sudah tercatat, "
        "dengan hasil yang lain.",
        f"Perubahan yang tercatat tidak ditimpa; samakan isinya, atau perbaiki tanggalnya; {HISTORY}.",
        line.line,
        line.old_code,
    )


def lone(group: Group) -> Finding | None:
    """Refuse a split into one area, or a merge of one: nothing is divided or brought together."""
    if len(group.lines) > 1:
        return None
    line = group.lines[0]
    words = "menjadi satu wilayah" if group.kind is Change.SPLIT else "dari satu wilayah"
    return fault(
        "SUCCESSION_LONE",
        f"{group.kind.label} {line.old_code} hanya {words}.",
        "Tulis satu baris untuk tiap bagian, termasuk wilayah yang tetap; bila hanya kodenya yang berganti, "
        "pakai ganti_kode.",
        line.line,
        line.old_code,
    )


def uneven(group: Group) -> Finding | None:
    """Refuse links between areas of different levels."""
    for line in group.lines:
        old, new = line.old_code or "", line.new_code or ""
        if level_of(old) != level_of(new):
            return fault(
                "SUCCESSION_LEVEL",
                f"{old} dan {new} bukan wilayah setingkat.",
                "Pecah dan gabung hanya berlaku antara kode yang sama panjang.",
                line.line,
                new,
            )
    return None


def two_names(group: Group) -> Finding | None:
    """Refuse a new area that two lines name differently."""
    names: dict[str, str] = {}
    for line in group.lines:
        code, name = line.new_code or "", line.new_name
        if name is not None and names.setdefault(code, name).lower() != name.lower():
            return fault(
                "SUCCESSION_NAME",
                f"Wilayah baru {code} bernama {names[code]} di satu baris dan {name} di baris lain.",
                "Samakan isi kolom nama_baru.",
                line.line,
                name,
            )
    return None


def other_links(
    group: Group, olds: Iterable[Known], news: Iterable[Known], links: Iterable[Succession]
) -> Finding | None:
    """Refuse a group where its day already brings other links of the same areas.

    `olds` are its old areas, `news` those of its new areas that are known.
    """
    old_ids = {one.id for one in olds}
    found = {one.id: one for one in (*news, *olds)}
    same_day = [one for one in links if one.day == group.day and one.kind.is_structural]
    told = {(line.old_code, line.new_code) for line in group.lines}
    here = {(one.old, one.new) for one in same_day if one.old in old_ids or one.new in found}
    if not here:
        return None
    by_code = {span.code: one.id for one in found.values() for span in one.spans if span.holds(group.day)}
    by_code_before = {
        span.code: one.id for one in found.values() for span in one.spans if span.holds(group.day - DAY)
    }
    if here == {(by_code_before.get(old or ""), by_code.get(new or "")) for old, new in told}:
        return None
    code = group.old_codes[0]
    return fault(
        "SUCCESSION_OTHER",
        f"Perubahan {group.day.isoformat()} untuk {code} sudah tercatat dengan bagian yang lain.",
        f"Tulis semua bagiannya seperti yang tercatat, atau perbaiki tanggalnya; {HISTORY}.",
        group.lines[0].line,
        code,
    )


def lives_on(region: Known, day: date, links: Iterable[Succession], line: int) -> Finding | None:
    """Refuse the end of an area that ends on another day, or that changes on that day or later."""
    later = any(one.until >= day - DAY for one in region.past)
    later |= any(span.valid_from is not None and span.valid_from >= day for span in region.spans)
    later |= any(one.day > day and region.id in {one.old, one.new} for one in links)
    return out_of_order(region, day, line) if later or region.valid_to is not None else None


def is_older(region: Known, day: date, links: Iterable[Succession]) -> bool:
    """Whether a region without a first day is known to be older than a day."""
    return region.valid_from is None and (
        any(one.until < day for one in region.past)
        or any(span.valid_to is not None and span.valid_to < day for span in region.spans)
        or any(one.day < day and region.id in {one.old, one.new} for one in links)
    )


def no_parent(parent: str, own: str, day: date, line: int) -> Finding:
    """Say that a code means no area of the level above on a day."""
    return fault(
        "SUCCESSION_PARENT",
        f"Induk {parent} dari {own} tidak ada dalam daftar wilayah setingkat di atasnya pada "
        f"{day.isoformat()}.",
        "Isi kolom induk_baru (atau induk_lama) dengan kode wilayah setingkat di atasnya.",
        line,
        parent,
    )


def same_parent(region: Known, parent: Known, line: Told) -> Finding:
    """Say that an area lies in its new parent already."""
    return fault(
        "SUCCESSION_PARENT",
        f"{region.name} sudah berada di {parent.name} dalam daftar; induk sebelumnya belum disebut.",
        "Isi kolom induk_lama dengan induk sebelumnya, atau hapus barisnya.",
        line.line,
        line.new_parent,
    )


def same_name(name: str, line: Told) -> Finding:
    """Say that a rename changes nothing."""
    return fault(
        "SUCCESSION_NAME",
        f"Nama lama dan nama baru sama: {name}.",
        "Isi kolom nama_lama dengan nama sebelumnya, atau hapus barisnya.",
        line.line,
        name,
    )


def taken(code: str, region: Known, day: date, line: int) -> Finding:
    """Say that a new code is another area's."""
    return fault(
        "SUCCESSION_BORN",
        f"Kode {code} sudah dipakai {region.name_on(day)} pada {day.isoformat()}.",
        f"Periksa tanggal dan kode barunya; {HISTORY}.",
        line,
        code,
    )
