"""A small test world: villages that were split, re-coded and merged, with SIMULASI figures before and after.

Natai Raya (62.01.02.2016) was split in 2024; 62.01.02.2017 got another code in 2025; 62.01.02.2018 went into
62.01.02.2019 in 2026. As a program it fills the home of `SIDARA_HOME`, whose register is loaded.
"""

import io
from datetime import UTC, date, datetime

import django
import polars as pl

from sidara.collection.core import Aggregation, Choice, DataSet, ValueType, Variable

HISTORY = """tanggal,jenis,kode_lama,kode_baru,nama_baru,porsi,porsi_balik,dasar
2024-07-01,pecah,62.01.02.2016,62.01.02.2016,,3/5,,Perda contoh
2024-07-01,pecah,62.01.02.2016,62.01.02.2990,Contoh Baru,2/5,,Perda contoh
2025-07-01,ganti_kode,62.01.02.2017,62.01.02.2991,,,,
2026-01-01,gabung,62.01.02.2018,62.01.02.2019,,,1/4,
2026-01-01,gabung,62.01.02.2019,62.01.02.2019,,,3/4,
"""
CODE = "simulated:penduduk"
STATUSES = (Choice("MAJU", "Maju"), Choice("MANDIRI", "Mandiri"))
VARIABLES = (
    Variable(
        "PDK.ORANG", "Penduduk", "jiwa", 0, ValueType.NUMBER, is_whole=True, aggregation=Aggregation.SUM
    ),
    Variable("PDK.INDEKS", "Indeks contoh", "", 4, ValueType.NUMBER),
    Variable("PDK.STATUS", "Status contoh", "", 0, ValueType.CHOICE, STATUSES),
)  # fmt: skip


def clock() -> datetime:
    return datetime(2026, 11, 24, 3, tzinfo=UTC)


def fill() -> None:
    """Let the villages change and put figures, all through services."""
    from sidara.collection import services as collection
    from sidara.kernel.actor import OPERATOR
    from sidara.regions import queries as regions
    from sidara.regions import services as registering
    from sidara.warehouse import services as facts

    done = registering.import_succession(
        OPERATOR, source=io.BytesIO(HISTORY.encode()), format="csv", scheme="kemendagri", clock=clock
    )
    assert done.is_stored, done.findings
    ids = {
        code: regions.resolve(OPERATOR, code, on=date(2024, 12, 31)).id
        for code in ("62.01.02.2016", "62.01.02.2990", "62.01.02.2018", "62.01.02.2019")
    }
    rows = [
        ("62.01.02.2016", "2023", "101", "0.7", "MAJU"),
        ("62.01.02.2016", "2025", "66", "0.8", "MAJU"),
        ("62.01.02.2990", "2025", "44", "0.6", "MANDIRI"),
        ("62.01.02.2018", "2023", "30", "0.5", "MAJU"),
        ("62.01.02.2019", "2023", "70", "0.6", "MANDIRI"),
    ]
    cells = [
        (ids[code], period, variable.code, value)
        for code, period, *values in rows
        for variable, value in zip(VARIABLES, values, strict=True)
    ]
    note = DataSet(
        CODE, "Penduduk contoh", "Uji", "", "bebas", date(2026, 1, 1), "kemendagri", True, "actual", "v1"
    )  # fmt: skip
    frame = pl.DataFrame(cells, schema=["region_id", "period", "variable", "value"], orient="row")
    account = collection.put_cells(OPERATOR, dataset=note, variables=VARIABLES, cells=frame, now=clock())
    assert account.created == 15
    facts.refresh(OPERATOR)


INDEX = "simulated:idm"
INDEX_VARIABLES = (
    *(Variable(f"IDM.{level}", level, "", 4, ValueType.NUMBER) for level in ("IKS", "IKE", "IKL", "IDM")),
    Variable(
        "IDM.STATUS", "Status", "", 0, ValueType.CHOICE,
        tuple(Choice(code, code.title()) for code in (
            "SANGAT_TERTINGGAL", "TERTINGGAL", "BERKEMBANG", "MAJU", "MANDIRI"
        )),
    ),
)  # fmt: skip
INDEX_ROWS = (
    ("62.01.02.2016", "2022", "0.70", "MAJU"),
    ("62.01.02.2016", "2023", "0.72", "MAJU"),
    ("62.01.02.2018", "2023", "0.65", "BERKEMBANG"),
    ("62.01.02.2019", "2023", "0.85", "MANDIRI"),
    ("62.01.02.2991", "2023", "0.61", "BERKEMBANG"),
)


def fill_index() -> None:
    """Put figures of an index, the newest of 2023: before the split, the new code and the merger."""
    from sidara.collection import services as collection
    from sidara.kernel.actor import OPERATOR
    from sidara.regions import queries as regions
    from sidara.warehouse import services as facts

    cells = []
    for code, period, value, status in INDEX_ROWS:
        found = regions.resolve(OPERATOR, code) or regions.resolve(OPERATOR, code, on=date(2024, 12, 31))
        told = (*(value,) * 4, status)
        cells += [
            (found.id, period, variable.code, figure)
            for variable, figure in zip(INDEX_VARIABLES, told, strict=True)
        ]
    note = DataSet(
        INDEX, "SIMULASI indeks contoh", "Uji", "", "bebas", date(2026, 1, 1), "kemendagri", True, "actual",
        "Permendesa PDTT 2/2016",
    )  # fmt: skip
    frame = pl.DataFrame(cells, schema=["region_id", "period", "variable", "value"], orient="row")
    collection.put_cells(OPERATOR, dataset=note, variables=INDEX_VARIABLES, cells=frame, now=clock())
    facts.refresh(OPERATOR)


if __name__ == "__main__":
    django.setup()
    fill()
    fill_index()
