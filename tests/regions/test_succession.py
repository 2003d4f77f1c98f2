"""Succession files on the real register: whole or not at all, old codes with their days, areas of a day."""

import io
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.regions import queries, services
from sidara.regions.cli import APPS
from sidara.regions.core import Change
from sidara.regions.formats import succession_file
from sidara.regions.models import Region, RegionCode, RegionPast, Succession

HEADER = "tanggal,jenis,kode_lama,kode_baru,nama_lama,nama_baru,induk_baru,porsi,porsi_balik,dasar\n"
SPLIT = """2012-07-01,pecah,62.01.02.2016,62.01.02.2016,,,,"0,6",,Perda contoh
2012-07-01,pecah,62.01.02.2016,62.01.02.2990,,Contoh Baru,,2/5,,Perda contoh
"""
MERGE = """2020-01-01,gabung,62.01.02.2990,62.01.02.2017,,,,,25 %,
2020-01-01,gabung,62.01.02.2017,62.01.02.2017,,,,,75 %,
"""
CHANGES = """2015-03-01,ganti_nama,62.01.02.2016,,,Natai Contoh,,,,
2016-03-01,ganti_kode,62.01.02.2016,62.01.03.2991,,,,,,
2021-01-01,baru,,62.01.02.2992,,Dari Hutan,,,,
"""
ALL = HEADER + SPLIT + MERGE + CHANGES


def imported(text: str, clock, **options):
    return services.import_succession(
        OPERATOR, source=io.BytesIO(text.encode()), format="csv", clock=clock,
        **{"scheme": "kemendagri", **options},
    )  # fmt: skip


def rows() -> list:
    tables = (Region, RegionCode, RegionPast, Succession)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_a_file_is_stored_whole(register_62, clock):
    version = queries.register_version(PUBLIC)
    account = imported(ALL, clock)
    assert account.findings == ()
    assert (account.read, account.created, account.unchanged, account.rejected) == (7, 7, 0, 0)
    assert (account.made, account.is_stored) == (2, True)
    assert account.kinds == {"pecah": 2, "gabung": 2, "ganti_nama": 1, "ganti_kode": 1, "baru": 1}
    assert queries.register_version(PUBLIC) != version
    assert queries.resolve(PUBLIC, "62.01.02.2990") is None
    assert queries.counts(PUBLIC)["provinces"]["62"]["desa"] == 1433


def test_the_same_file_again_changes_nothing(register_62, clock):
    imported(ALL, clock)
    before = rows()
    account = imported(ALL, clock)
    assert (account.created, account.unchanged, account.is_stored) == (0, 7, False)
    assert rows() == before


def test_a_dry_run_and_a_faulty_line_store_nothing(register_62, clock):
    before = rows()
    assert imported(ALL, clock, dry_run=True).created == 7
    assert rows() == before
    account = imported(ALL.replace('"0,6"', '"0,5"'), clock)
    assert [one.code for one in account.findings] == ["SHARES_SUM"]
    assert (account.created, account.rejected, account.is_refused) == (0, 7, True)
    assert rows() == before


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2016-03-01", "1 Juli", "SUCCESSION_DAY"),
        ("ganti_nama", "ganti", "SUCCESSION_KIND"),
        ("62.01.03.2991", "62-01", "CODE_MALFORMED"),
        ("2/5", "5/2", "SHARE_MALFORMED"),
        ("Natai Contoh", "", "SUCCESSION_EMPTY"),
        ("2021-01-01", "2027-01-01", "SUCCESSION_IN_FUTURE"),
    ],
)  # fmt: skip
def test_faults_of_lines_are_named_with_their_place(register_62, clock, old, new, code):
    account = imported(ALL.replace(old, new), clock)
    assert [one.code for one in account.findings] == [code]
    assert account.findings[0].place.line is not None


def test_the_scheme_must_be_said(register_62, clock):
    for scheme in ("", "bps:2023"):
        account = imported(ALL, clock, scheme=scheme)
        assert [one.code for one in account.findings] == ["SCHEME_WRONG"]
    with pytest.raises(NotAllowed):
        services.import_succession(PUBLIC, source=io.BytesIO(), scheme="kemendagri", clock=clock)


@pytest.mark.parametrize(
    ("text", "share"),
    [("0,6", Fraction(3, 5)), ("0.6", Fraction(3, 5)), ("60 %", Fraction(3, 5)), ("1/3", Fraction(1, 3)),
     ("1", 1), ("0", 0), ("1,1", None), ("-1", None), ("3/0", None), ("setengah", None), ("", None)],
)  # fmt: skip
def test_shares_are_read_exactly(text, share):
    assert succession_file.share(text) == share


def test_an_old_code_resolves_with_its_day(register_62, clock):
    imported(ALL, clock)
    village = queries.resolve(PUBLIC, "62.01.03.2991")
    assert village.name == "Natai Contoh"
    assert queries.resolve(PUBLIC, "62.01.02.2016") is None
    assert queries.resolve(PUBLIC, "62.01.02.2016", on=date(2014, 1, 1)).id == village.id
    ended = queries.resolve(PUBLIC, "62.01.02.2990", on=date(2015, 1, 1))
    assert (ended.valid_from, ended.valid_to) == (date(2012, 7, 1), date(2019, 12, 31))
    assert [one.region.id for one in queries.meanings(PUBLIC, "62.01.02.2990")] == [ended.id]
    assert [one.region.id for one in queries.meanings(PUBLIC, "6201022016")] == [village.id]
    assert [one.region.code for one in queries.find(PUBLIC, "62.01.02.2016")] == ["62.01.03.2991"]


def test_areas_of_a_day(register_62, clock):
    imported(ALL, clock)

    def village(day: date, code: str, **more) -> tuple | None:
        frame = queries.dimension_on(PUBLIC, day, **more).filter(code=code)
        return None if frame.is_empty() else frame.select("name", "district_code", "exists").row(0)

    assert village(date(2010, 1, 1), "62.01.02.2016") == ("Natai Raya", "62.01.02", True)
    assert village(date(2010, 1, 1), "62.01.02.2990") is None
    assert village(date(2015, 1, 1), "62.01.02.2990") == ("Contoh Baru", "62.01.02", True)
    assert village(date(2015, 6, 1), "62.01.02.2016") == ("Natai Contoh", "62.01.02", True)
    assert village(date(2016, 6, 1), "62.01.03.2991") == ("Natai Contoh", "62.01.03", True)
    assert village(date(2010, 1, 1), "62.01.03.2991", as_today=True) == ("Natai Contoh", "62.01.02", True)
    assert village(date(2020, 6, 1), "62.01.02.2990") is None
    assert village(date(2010, 1, 1), "62.01.02.2992") == ("Dari Hutan", "62.01.02", False)
    last = queries.dimension_on(PUBLIC, date(2026, 11, 24)).drop("exists")
    assert last.sort("code").equals(queries.dimension(PUBLIC))


def test_the_lineage_and_its_history(register_62, clock):
    imported(ALL, clock)
    village = queries.resolve(PUBLIC, "62.01.03.2991")
    kinds = [one.kind for one in queries.history(PUBLIC, village.id)]
    assert kinds == [Change.SPLIT, Change.SPLIT, Change.RENAME, Change.RECODE]
    shares = queries.lineage(PUBLIC).shares(village.id, on=date(2010, 1, 1), at=date(2026, 1, 1))
    assert sorted(shares.values()) == [Fraction(2, 5), Fraction(3, 5)]
    assert queries.lineage(PUBLIC, known_before=clock()).successions == ()


def test_a_load_does_not_bring_back_what_ended(register_62, clock):
    imported(ALL, clock)
    change = queries.register_diff(OPERATOR, provinces=("62",))
    assert change.added.is_empty()
    gone = (
        HEADER
        + "2024-01-01,gabung,62.01.02.2018,62.01.02.2017,,,,,0.5,\n"
        + "2024-01-01,gabung,62.01.02.2017,62.01.02.2017,,,,,0.5,\n"
    )
    assert imported(gone, clock).is_stored
    assert queries.register_diff(OPERATOR, provinces=("62",)).added.is_empty()


def test_a_load_does_not_undo_what_a_succession_changed(register_62, clock):
    """The package still says the old names and parents; what was recorded stays, and is reported."""
    text = (
        HEADER
        + "2026-02-01,pindah_induk,62.01.02.2016,,,,62.02.01,,,\n"
        + "2026-02-01,ganti_nama,62.01.02.2018,,,Nama Kemudian,,,,\n"
        + "2026-02-01,ganti_kode,62.01.03,62.01.99,,,,,,\n"
    )
    assert imported(text, clock).is_stored
    Region.objects.filter(code="62.01.02.2018").update(latitude=0.5)
    before = rows()
    change = queries.register_diff(OPERATOR, provinces=("62",))
    assert change.held["code"].to_list() == ["62.01.02.2016", "62.01.02.2018"]
    assert {kind: count for kind, count in change.counts().items() if count} == {
        "relocated": 1,
        "held": 2,
        "missing": 1,
    }
    services.load_register(OPERATOR, provinces=("62",), clock=clock)
    village = Region.objects.get(code="62.01.02.2018")
    kept = next(row for row in before[0] if row["id"] == village.pk)
    assert (village.name, village.search_key) == ("Nama Kemudian", kept["search_key"])
    assert village.latitude != 0.5
    assert Region.objects.get(code="62.01.02.2016").parent.code == "62.02.01"
    assert Region.objects.filter(parent__code="62.01.99").exists()
    assert services.load_register(OPERATOR, provinces=("62",), clock=clock).is_empty


def test_the_past_of_todays_register(register_62, clock):
    """The package tells today's areas only; a file says since when."""
    text = (
        HEADER
        + "2010-01-01,pecah,62.01.02.2016,62.01.02.2016,,,,0.7,,\n"
        + "2010-01-01,pecah,62.01.02.2016,62.01.02.2017,,,,0.3,,\n"
    )
    account = imported(text, clock)
    assert (account.made, account.findings) == (0, ())
    young = queries.resolve(PUBLIC, "62.01.02.2017")
    assert young.valid_from == date(2010, 1, 1)
    assert queries.resolve(PUBLIC, "62.01.02.2017", on=date(2009, 12, 31)) is None


def test_commands(register_62, clock, tmp_path: Path):
    file = tmp_path / "pemekaran.csv"
    file.write_text(ALL, encoding="utf-8")

    def run(*words):
        return CliRunner().invoke(APPS["regions"], words)

    assert run("succession", "list").stdout == ""
    dry = run("succession", "import", str(file), "--scheme", "kemendagri", "--dry-run")
    assert (dry.exit_code, "Tidak ada yang disimpan." in dry.stdout) == (0, True)
    done = run("succession", "import", str(file), "--scheme", "kemendagri", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["regions_made"] == 2
    assert run("succession", "import", str(file)).exit_code == 1
    assert json.loads(run("succession", "list", "--json").stdout)["pecah"] == 2
    shown = json.loads(run("history", "62.01.02.2016", "--json").stdout)
    assert shown["code"] == "62.01.03.2991"
    assert [one["code"] for one in shown["codes"]] == ["62.01.03.2991", "62.01.02.2016"]
    assert [one["kind"] for one in shown["events"]] == ["pecah", "pecah", "ganti_nama", "ganti_kode"]
    assert "sampai 31 Desember 2019" in run("history", "62.01.02.2990").stdout
    assert run("history", "62.01.02.2777").exit_code == 1
