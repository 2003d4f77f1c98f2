"""What the tests of what-if, paths and sensitivity share: small indices and tables of simulated villages."""

from pathlib import Path

import polars as pl

from sidara.demo.core import simulate
from sidara.indices import core
from sidara.indices.formats import definition_file
from sidara.tables import LINE

CASES = Path(__file__).parent / "cases"
VILLAGES = 1432
SEED = 62


def definition(name: str) -> core.Definition:
    found, findings = definition_file.read((CASES / name).read_bytes(), name)
    assert findings == ()
    assert found is not None
    return found


def codes(count: int) -> list[str]:
    """Village codes, ten a kecamatan, eleven kecamatan a kabupaten."""
    return [f"62.{1 + at // 110:02d}.{1 + at % 110 // 10:02d}.{2001 + at % 10}" for at in range(count)]


def simulated(index: core.Definition, count: int = VILLAGES, year: int = 2024) -> pl.DataFrame:
    """A table of simulated answers of one year, as `tables.read` would give it."""
    made = simulate(index, codes(count), [year], seed=SEED)
    return made.with_row_index(LINE, offset=2).cast({LINE: pl.Int64})


def without_classes(index: core.Definition, answers: pl.DataFrame) -> pl.DataFrame:
    """The same answers where nobody has entered an official class."""
    optional = [one.name for one in index.versions[-1].inputs if one.is_optional]
    return answers.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in optional)


def published(shared: Path) -> pl.DataFrame:
    """The villages of Kalimantan Tengah that have 50 published scores, every year."""
    file = shared / "data" / "idm" / "idm_rumusan_2021_2024.csv"
    table = pl.read_csv(file, infer_schema_length=0).with_row_index(LINE, offset=2).cast({LINE: pl.Int64})
    return table.filter(pl.col("kode").str.starts_with("62"))
