"""Files that contradict themselves or the register: each is refused for what it is, and nothing is stored."""

import io
import re
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
import yaml

from sidara.kernel.actor import OPERATOR
from sidara.regions import services
from sidara.regions.core import Change, level_of
from sidara.regions.models import Region, RegionCode, RegionPast, Succession

CASES = yaml.safe_load((Path(__file__).parent / "cases/succession_faults.yaml").read_text(encoding="utf-8"))
COLUMNS = (
    *("tanggal", "jenis", "kode_lama", "kode_baru", "nama_lama", "nama_baru", "induk_lama", "induk_baru"),
    *("porsi", "porsi_balik", "dasar"),
)
LINE = re.compile(r"(\S+) (\S+) (\S+) > (\S+)")


def written(lines: list[str]) -> bytes:
    """Write the lines of a case as CSV."""
    rows = []
    for line in lines:
        head, *more = line.split(" | ")
        parts = LINE.fullmatch(head)
        assert parts is not None, line
        row = dict(zip(COLUMNS, ("" if part == "-" else part for part in parts.groups()), strict=False))
        rows.append(row | dict(part.replace("N*201", "N" * 201).split("=", 1) for part in more))
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String)).write_csv().encode()


def imported(lines: list[str], clock, **options) -> services.SuccessionAccount:
    source = io.BytesIO(written(lines))
    return services.import_succession(
        OPERATOR, source=source, format="csv", scheme="kemendagri", clock=clock, **options
    )


def rows() -> list:
    tables = (Region, RegionCode, RegionPast, Succession)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def broken() -> list[str]:
    """Say what is impossible in the register: shares, days of codes and regions, parents."""
    found = []
    sums: dict[tuple, Fraction] = defaultdict(Fraction)
    for one in Succession.objects.all():
        if Change(one.kind).is_structural and one.old_id is not None:
            sums["old", one.old_id, one.day] += Fraction(one.share)
            sums["new", one.new_id, one.day] += Fraction(one.share_back)
    found += [f"shares {key}: {total}" for key, total in sums.items() if total != 1]
    holders, spans = defaultdict(list), defaultdict(list)
    for one in RegionCode.objects.filter(scheme="kemendagri"):
        span = (one.valid_from or date.min, one.valid_to or date.max, one.code)
        holders[one.code].append(span)
        spans[one.region_id].append(span)
    for code, held in holders.items():
        found += [f"code {code} twice" for one, next_ in pairwise(sorted(held)) if one[1] >= next_[0]]
    for region in Region.objects.select_related("parent"):
        held = sorted(spans[region.pk])
        if (held[0][0], held[-1][1]) != (region.valid_from or date.min, region.valid_to or date.max):
            found.append(f"days of {region.code}")
        found += [
            f"codes of {region.code}"
            for one, next_ in pairwise(held)
            if one[1] + timedelta(days=1) != next_[0]
        ]
        if region.parent is not None:
            is_above = region.parent.level == region.level - 1
            found += [] if is_above else [f"level of the parent of {region.code}"]
            is_left = region.valid_to is None and region.parent.valid_to is not None
            found += [f"parent of {region.code} ended"] if is_left else []
        found += [] if level_of(region.code) == region.level else [f"level of {region.code}"]
    return found


@pytest.mark.parametrize("case", CASES, ids=[one["name"] for one in CASES])
def test_a_contradiction_is_refused_for_what_it_is(register_62, clock, case):
    *first, last = case["files"]
    for lines in first:
        account = imported(lines, clock)
        assert account.findings == ()
        assert account.is_stored
    before = rows()
    dry, account = imported(last, clock, dry_run=True), imported(last, clock)
    said = [f"{one.code} {one.place.line} {one.place.column}" for one in account.findings]
    assert said == case.get("findings", [])
    assert (dry.findings, dry.created, dry.made) == (account.findings, account.created, account.made)
    assert all(one.remedy for one in account.findings)
    if account.is_stored:
        after = rows()
        again = imported(last, clock)
        assert (again.created, again.findings, rows()) == (0, (), after)
    else:
        assert rows() == before
    assert broken() == []


def test_an_area_does_not_end_before_a_code_of_another_scheme_begins(register_62, clock):
    village = Region.objects.get(code="62.01.02.2016")
    village.codes.create(scheme="bps:2023", code="6201020016", valid_from=date(2023, 1, 1))
    merge = [
        "{} gabung 62.01.02.2016 > 62.01.02.2017 | porsi_balik=0.5",
        "{} gabung 62.01.02.2017 > 62.01.02.2017 | porsi_balik=0.5",
    ]
    before = rows()
    account = imported([line.format("2015-07-01") for line in merge], clock)
    assert [one.code for one in account.findings] == ["SUCCESSION_CODE_LATER"]
    assert (account.findings[0].place.line, rows()) == (2, before)
    assert imported([line.format("2024-07-01") for line in merge], clock).is_stored
    assert village.codes.get(scheme="bps:2023").valid_to == date(2024, 6, 30)


def test_the_villages_of_a_kecamatan_that_ends_move_with_it(register_62, clock):
    below = list(Region.objects.filter(parent__code="62.01.02").order_by("code"))
    lines = [
        "2012-07-01 gabung 62.01.02 > 62.01.03 | porsi_balik=0.5",
        "2012-07-01 gabung 62.01.03 > 62.01.03 | porsi_balik=0.5",
        *(f"2012-07-01 pindah_induk {one.code} > - | induk_baru=62.01.03" for one in below[::2]),
        *(f"2012-07-01 ganti_kode {one.code} > 62.01.03.29{at:02d}" for at, one in enumerate(below[1::2])),
    ]
    account = imported(lines, clock)
    assert account.findings == ()
    assert broken() == []
    assert {one.parent.code for one in Region.objects.filter(pk__in=[one.pk for one in below])} == {
        "62.01.03"
    }
