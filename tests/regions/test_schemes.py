"""Codes of another scheme: loaded beside the Kemendagri codes, asked back where they mean two places."""

import io
import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.regions import queries, services
from sidara.regions.cli import APPS

FILE = "data/regions/bps_kemendagri_desa_62.csv"
TWINS = "kode_bps_adalah_kode_kemendagri_desa_lain"


def table(shared: Path) -> pl.DataFrame:
    return pl.read_csv(shared / FILE, infer_schema_length=0)


def clashing(shared: Path) -> list[str]:
    """The 73 BPS codes that are the Kemendagri code of another village."""
    return table(shared).filter(pl.col(TWINS) == "ya")["kode_bps"].to_list()


def loaded(shared: Path, clock, **options):
    return services.import_codes(
        OPERATOR, source=shared / FILE, **{"scheme": "bps:2023", "clock": clock, **options}
    )


@pytest.fixture
def aliases(register_62, clock, shared):
    """The register with the codes of the statistics office."""
    return loaded(shared, clock)


def test_matched_codes_load_and_the_others_go_to_a_person(aliases, shared, clock):
    assert (aliases.read, aliases.created, aliases.unmatched, aliases.rejected) == (1537, 1518, 19, 0)
    assert (aliases.similar, aliases.clashing) == (69, 73)
    review = queries.codes_to_review(OPERATOR, "bps:2023")
    reasons = pl.Series([row["alasan"] for row in review]).value_counts()
    assert sorted(reasons["count"]) == [19, 69]
    assert all(row["nama"] and row["wilayah"] for row in review)
    again = loaded(shared, clock)
    assert (again.created, again.unchanged) == (0, 1518)
    assert queries.schemes(PUBLIC) == {"kemendagri": 1722, "bps:2023": 1518}


def test_each_matched_code_resolves_in_its_scheme(aliases, shared):
    rows = table(shared).drop_nulls("kode_kemendagri")
    spans = queries.spans(PUBLIC, scheme="bps:2023")
    codes = dict(queries.spans(PUBLIC).select("region_id", "code").iter_rows())
    assert {code: codes[region] for code, region in spans.select("code", "region_id").iter_rows()} == dict(
        rows.select("kode_bps", "kode_kemendagri").iter_rows()
    )


def test_all_73_clashing_codes_are_asked_back_and_both_places_named(aliases, shared):
    own = dict(table(shared).select("kode_bps", "nama_kemendagri").iter_rows())
    codes = clashing(shared)
    assert len(codes) == 73
    for code in codes:
        assert queries.resolve(PUBLIC, code) is None
        finding = queries.ambiguity(PUBLIC, code)
        assert finding.code == "CODE_AMBIGUOUS"
        assert own[code] in finding.message
        here = queries.resolve(PUBLIC, code, scheme="kemendagri")
        assert here.name in finding.message
        assert here.code in finding.remedy
        assert {one.region.id for one in queries.find(PUBLIC, code)} == {
            here.id,
            queries.resolve(PUBLIC, code, scheme="bps:2023").id,
        }
        assert queries.resolve(PUBLIC, here.code).id == here.id
    assert set(queries.asked_back(PUBLIC, codes)) == set(codes)


def test_a_code_of_one_place_only_is_not_asked_back(aliases):
    assert queries.ambiguity(PUBLIC, "6201022016") is None
    assert queries.resolve(PUBLIC, "6201022016").code == "62.01.02.2016"
    assert queries.asked_back(PUBLIC, ["6201022016", "62.01.02.2017"]) == {}


def test_other_codes_of_a_file_leave_no_doubt(aliases, shared):
    every = [
        row["code"].replace(".", "")
        for row in queries.dimension(PUBLIC).iter_rows(named=True)
        if row["level"] == 4
    ]
    assert queries.asked_back(PUBLIC, every) == {}
    assert len(queries.asked_back(PUBLIC, every, denied=clashing(shared)[:2])) == 2


HEADER = "kode,kode_kemendagri,nama\n"


@pytest.mark.parametrize(
    ("scheme", "rows", "codes"),
    [
        ("kemendagri", "1,62.01.02.2016,x\n", ["SCHEME_WRONG"]),
        ("BPS 2023", "1,62.01.02.2016,x\n", ["SCHEME_WRONG"]),
        ("", "1,62.01.02.2016,x\n", ["SCHEME_WRONG"]),
        ("djpk", "1,62-01,x\n", ["CODE_MALFORMED"]),
        ("djpk", ",62.01.02.2016,x\n", ["CODE_MALFORMED"]),
        ("djpk", "1,62.01.02.2016,x\n1,62.01.02.2017,y\n", ["CODES_TO_REVIEW"]),
        ("djpk", "1,62.99.02.2016,x\n", ["CODES_TO_REVIEW"]),
        ("djpk", "1,62.01.02.2016,x\n", []),
    ],
)
def test_faults_of_a_file(register_62, clock, scheme, rows, codes):
    account = services.import_codes(
        OPERATOR, source=io.BytesIO((HEADER + rows).encode()), scheme=scheme, clock=clock, format="csv"
    )
    assert [one.code for one in account.findings] == codes
    assert account.read == 0 or account.read == (
        account.created + account.unchanged + account.unmatched + account.rejected
    )


def test_a_code_that_changes_needs_its_day(register_62, clock):
    def load(code: str, **options):
        text = f"{HEADER}{code},62.01.02.2016,x\n"
        return services.import_codes(
            OPERATOR, source=io.BytesIO(text.encode()), scheme="djpk", clock=clock, format="csv", **options
        )

    assert load("1").is_stored
    assert [one.code for one in load("2").findings] == ["CODE_DAY_MISSING"]
    assert load("2", valid_from=clock().date()).created == 1
    with pytest.raises(NotAllowed):
        services.import_codes(PUBLIC, source=io.BytesIO(), scheme="djpk", clock=clock)


def test_commands(register_62, shared, tmp_path):
    def run(*words):
        return CliRunner().invoke(APPS["regions"], words)

    done = run("codes", "import", str(shared / FILE), "--scheme", "bps:2023")
    assert done.exit_code == 0
    assert "19 baris" in done.stdout
    target = tmp_path / "tinjau.csv"
    assert run("codes", "review", "--scheme", "bps:2023", "--output", str(target)).exit_code == 0
    assert pl.read_csv(target, infer_schema_length=0).height == 88
    code = clashing(shared)[0]
    assert len(json.loads(run("codes", "show", code, "--json").stdout)) == 2
    assert "CODE_AMBIGUOUS" in run("codes", "show", code).stderr
    assert "CODE_AMBIGUOUS" in run("find", code).stderr
    asked = run("history", code)
    assert (asked.exit_code, "CODE_AMBIGUOUS" in asked.stderr) == (1, True)
    assert json.loads(run("codes", "list", "--json").stdout)["bps:2023"] == 1518
