"""Rows of plans for the tests of the alignment: short to write, whole where it matters."""

import json
from datetime import date
from decimal import Decimal
from functools import cache

from sidara.kernel.actor import OPERATOR
from sidara.programmes import queries
from sidara.programmes.core.alignment import Context, Found, check, versions_of
from sidara.programmes.core.alignment.rows import Activity, PlanLine, Scores, Tables, Village
from sidara.programmes.core.words import Government, Level, PlanKind
from sidara.programmes.formats import alignment_cases

VILLAGE, OTHER = "62.03.01.2011", "62.06.05.2008"
CODE = "2.13.04.2.01.0005"
NAME = "Pembinaan Peningkatan Kapasitas Aparatur Pemerintah Desa"
DAY = date(2026, 12, 1)
WATER = "JK-AIR-02"


@cache
def base() -> alignment_cases.Base:
    return alignment_cases.Base(
        queries.alignment.rules(OPERATOR),
        DAY,
        queries.alignment.kinds(OPERATOR),
        queries.catalogue(OPERATOR).nomenclature,
    )


def context(**more) -> Context:
    made = base()
    own = {"rules": made.rules, "year": 2026, "day": DAY, "kinds": made.kinds}
    return Context(
        **(own | {"nomenclature": made.nomenclature, "versions": versions_of(made.nomenclature)} | more)
    )


def found(code: str, tables: Tables, **more) -> list[Found]:
    return check(tables, context(**more), (code,))


def line(id_: str, plan: PlanKind, **more) -> PlanLine:
    is_village = plan in {PlanKind.RPJM_DESA, PlanKind.RKP_DESA, PlanKind.APBDES}
    own = {
        "owner": VILLAGE if is_village else "DPMD",
        "government": Government.VILLAGE if is_village else Government.REGENCY,
        "area": VILLAGE if is_village else "62.03",
        "year": 2026,
        "code": "2.3.10" if is_village else CODE,
        "name": "Peningkatan jalan desa" if is_village else NAME,
    }
    return PlanLine(id=id_, plan=plan, **(own | more))


def activity(id_: str, level: Level = Level.VILLAGE, **more) -> Activity:
    own = {"owner": level.value, "kind": "JK-JLN-01", "year": 2026, "villages": (VILLAGE,)}
    return Activity(id=id_, level=level, **(own | {"fund_source": level.value, "budget_idr": 100} | more))


def village(code: str = VILLAGE, status: str | None = "TERTINGGAL", **items: int) -> Village:
    scores = {"indeks_desa": Scores(False, {key.replace("_", "."): Decimal(v) for key, v in items.items()})}
    return Village(code=code, status=status, scores=scores if items else {})


def cases_file(*cases: dict) -> bytes:
    return json.dumps(list(cases)).encode()
