"""Splits, merges and foundations: areas end and begin."""

from datetime import date

from sidara.regions.core import contradictions
from sidara.regions.core.lineage import DAY, Change, Succession
from sidara.regions.core.past import Known
from sidara.regions.core.planning.register import Register, stop
from sidara.regions.core.succession import Fault, Group, Told, fault, unknown


def begin(register: Register, group: Group) -> None:
    """Found an area that came from no other."""
    line = group.lines[0]
    region = _new_area(register, line, group.day)
    register.add(line, Succession(None, region.id, group.day, Change.NEW), "", region.name_on(group.day))


def restructure(register: Register, group: Group) -> None:
    """Split or merge areas: the old ones that do not go on end the day before, the new ones begin."""
    for judge in (contradictions.lone, contradictions.uneven, contradictions.two_names):
        stop(judge(group))
    shares, back = group.shares()
    olds = {code: _old_area(register, code, group) for code in group.old_codes}
    known = [one for code in group.new_codes if (one := register.holder(code, group.day)) is not None]
    stop(contradictions.other_links(group, olds.values(), known, register.links))
    news: dict[str, Known] = {}
    for code, region in olds.items():
        if code in group.new_codes:
            news[code] = region
        else:
            at = next(one.line for one in group.lines if one.old_code == code)
            register.end(region, group.day, at)
    for line in group.lines:
        code = line.new_code or ""
        if code not in news:
            news[code] = _new_area(register, line, group.day)
    for line, share, part in zip(group.lines, shares, back, strict=True):
        old, new = olds[line.old_code or ""], news[line.new_code or ""]
        found = Succession(old.id, new.id, group.day, line.kind, share, part)
        register.add(line, found, old.name_on(group.day - DAY), new.name_on(group.day))


def _old_area(register: Register, code: str, group: Group) -> Known:
    """Give an area of the day before; one that the register never had is made as ended."""
    region = register.holder(code, group.day - DAY)
    if region is not None:
        return region
    line = next(one for one in group.lines if one.old_code == code)
    if code in group.new_codes or code in register.by_code:
        raise Fault(unknown(code, group.day - DAY, line.line))
    if line.old_name is None:
        raise Fault(
            fault(
                "SUCCESSION_NAME",
                f"Wilayah {code} tidak ada dalam daftar, jadi namanya perlu disebut.",
                "Isi kolom nama_lama.",
                line.line,
                code,
            )
        )
    parent = register.parent_of(line.old_parent, code, group.day - DAY, line.line)
    return register.make(line.old_name, code, parent, None, group.day - DAY)


def _new_area(register: Register, line: Told, day: date) -> Known:
    """Give the area that begins on a day: known and dated, or made."""
    code = line.new_code or ""
    region = register.holder(code, day)
    if region is not None:
        is_older = contradictions.is_older(region, day, register.links)
        if region.valid_from not in {None, day} or is_older:
            raise Fault(
                fault(
                    "SUCCESSION_BORN",
                    f"Kode {code} sudah dipakai {region.name} pada {day.isoformat()}.",
                    "Periksa tanggal dan kode barunya.",
                    line.line,
                    code,
                )
            )
        if region.valid_from is None:
            region.valid_from = day
            for span in region.spans:
                span.valid_from = span.valid_from or day
            register.touched.add(region.id)
        return region
    if line.new_name is None:
        raise Fault(
            fault(
                "SUCCESSION_NAME",
                f"Wilayah baru {code} belum diberi nama.",
                "Isi kolom nama_baru.",
                line.line,
                code,
            )
        )
    later = register.by_code.get(code)
    if later and any(
        span.code == code and (span.valid_to or date.max) >= day for one in later for span in one.spans
    ):
        raise Fault(unknown(code, day, line.line))
    parent = register.parent_of(line.new_parent, code, day, line.line)
    return register.make(line.new_name, code, parent, day, None)
