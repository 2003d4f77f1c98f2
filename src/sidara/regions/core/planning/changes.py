"""Other names, codes and parents: the id of the area is kept."""

from datetime import date

from sidara.regions.core import contradictions
from sidara.regions.core.code import above, kind_of, level_of
from sidara.regions.core.lineage import DAY, Change, Succession
from sidara.regions.core.past import Known, Past, Span
from sidara.regions.core.planning.register import Register, stop
from sidara.regions.core.succession import Fault, Planned, Told, fault, out_of_order, unknown


def change(register: Register, line: Told, *, is_known: bool) -> None:
    """Change name, code or parent of an area; `is_known`: the register holds the outcome, the past is new."""
    day = line.day
    is_code = line.new_code is not None and line.new_code != line.old_code
    region = register.holder(line.new_code if is_known else line.old_code, day if is_known else day - DAY)
    if region is None and not is_code:
        region = register.holder(line.old_code, day)
    if region is None or line.old_code is None:
        raise Fault(unknown(line.old_code or "", day - DAY, line.line))
    before, after = "", ""
    found = Succession(region.id, region.id, day, line.kind)
    stop(contradictions.planned_twice(line, found, register.planned))
    if register.is_held(found, line.line):
        if not is_known:
            raise Fault(contradictions.other_outcome(region, line))
        register.unchanged += 1
        return
    if is_code and line.new_code is not None:
        before, after = line.old_code, line.new_code
        _recode(register, region, line, is_known=is_known)
    words = (
        _rename(region, line, is_known=is_known)
        if line.kind is Change.RENAME
        else _reparent(register, region, line, is_known=is_known)
    )
    before, after = (before, after) if before else words
    register.touched.add(region.id)
    register.planned.append(Planned(found, before, after, line.basis, line.line))


def _recode(register: Register, region: Known, line: Told, *, is_known: bool) -> None:
    day, old, new = line.day, line.old_code or "", line.new_code or ""
    if level_of(old) != level_of(new):
        raise Fault(
            fault(
                "SUCCESSION_LEVEL",
                f"{old} dan {new} bukan wilayah setingkat.",
                "Ganti kode hanya berlaku antara kode yang sama panjang.",
                line.line,
                new,
            )
        )
    if is_known:
        span = next(one for one in region.spans if one.code == new and one.holds(day))
        if span.valid_from not in {None, day, region.valid_from}:
            raise Fault(out_of_order(region, day, line.line))
        earlier = Span(old, span.valid_from if span.valid_from != day else None, day - DAY)
        span.valid_from = day
        if not any(one.code == old and one.holds(day - DAY) for one in region.spans):
            region.spans.append(earlier)
            register.index(region, earlier)
        _past_kind(region, old, new, day)
        return
    taken = register.holder(new, day)
    if taken is not None and taken is not region and (day, new) not in register.leaving:
        raise Fault(contradictions.taken(new, taken, day, line.line))
    span = next(one for one in region.spans if one.code == old and one.holds(day - DAY))
    if span.valid_to is not None:
        raise Fault(out_of_order(region, day, line.line))
    span.valid_to = day - DAY
    later = Span(new, day, None)
    region.spans.append(later)
    register.index(region, later)
    _past_kind(region, old, new, day)
    region.kind = kind_of(new)


def _past_kind(region: Known, old: str, new: str, day: date) -> None:
    if kind_of(old) != kind_of(new):
        region.past.append(Past(day - DAY, kind=kind_of(old)))


def _reparent(register: Register, region: Known, line: Told, *, is_known: bool) -> tuple[str, str]:
    """Set another parent from a day on, named or told by the new code."""
    day = line.day
    parent = _new_parent(register, region, line, is_known=is_known)
    if parent is None:
        return "", ""
    if is_known and region.parent_on(day) == parent.id:
        return _parent_before(register, region, parent, line)
    current = region.parent_on(day)
    if current == parent.id:
        return "", ""
    if region.changed_after("parent", day):
        raise Fault(out_of_order(region, day, line.line))
    if current is None:
        raise Fault(unknown(line.new_parent or "", day, line.line))
    region.past.append(Past(day - DAY, parent=current))
    region.parent = parent.id
    before = register.by_id.get(current)
    return (before.name_on(day - DAY) if before else ""), parent.name_on(day)


def _new_parent(register: Register, region: Known, line: Told, *, is_known: bool) -> Known | None:
    """Give the parent that a line names or that its new code tells; `None` where it stays."""
    day = line.day
    told = above(line.new_code) if line.new_code else None
    is_told = line.old_code is not None and told != above(line.old_code)
    code = line.new_parent or (told if is_told else None)
    parent = register.holder(code, day)
    if parent is not None:
        if parent.level != region.level - 1:
            raise Fault(contradictions.no_parent(parent.code, line.old_code or "", day, line.line))
        return parent
    if line.new_parent is not None or line.kind is Change.REPARENT:
        raise Fault(unknown(code or "", day, line.line))
    if code is not None and not is_known:
        raise Fault(contradictions.no_parent(code, line.new_code or "", day, line.line))
    return None


def _parent_before(register: Register, region: Known, parent: Known, line: Told) -> tuple[str, str]:
    """Keep the parent of the day before where the register holds the new one already."""
    before = line.day - DAY
    code = line.old_parent or (above(line.old_code) if line.old_code else None)
    old = register.holder(code, before)
    if old is None and (line.old_parent is not None or line.kind is Change.REPARENT):
        raise Fault(unknown(code or "", before, line.line))
    if old is None or old.id == parent.id:
        if line.kind is Change.REPARENT:
            raise Fault(contradictions.same_parent(region, parent, line))
        return "", ""
    region.past.append(Past(before, parent=old.id))
    return old.name_on(before), parent.name_on(line.day)


def _rename(region: Known, line: Told, *, is_known: bool) -> tuple[str, str]:
    day, new = line.day, line.new_name or ""
    if is_known and line.old_name is None:
        raise Fault(
            fault(
                "SUCCESSION_NAME",
                f"{region.name} sudah bernama {new} dalam daftar; nama sebelumnya belum disebut.",
                "Isi kolom nama_lama.",
                line.line,
                new,
            )
        )
    if is_known and (line.old_name or "").lower() == new.lower():
        raise Fault(contradictions.same_name(new, line))
    if is_known:
        region.past.append(Past(day - DAY, name=line.old_name))
        return line.old_name or "", region.name_on(day)
    if region.changed_after("name", day):
        raise Fault(out_of_order(region, day, line.line))
    before = region.name
    region.past.append(Past(day - DAY, name=before))
    region.name = new
    return before, new
