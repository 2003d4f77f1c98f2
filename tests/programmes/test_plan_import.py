"""Tables of plans brought in: exact accounts, twice without change, conflicts, choices, rights."""

import json
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from typer.testing import CliRunner

from sidara.accounts import queries as accounts
from sidara.accounts.core.roles import Bounds, as_grant
from sidara.cli import build
from sidara.kernel.actor import EVERYWHERE, OPERATOR, PUBLIC, PUBLIC_OPERATIONS, Actor, NotAllowed
from sidara.programmes import models, queries, services
from sidara.programmes.core import Decision, Edition, Level
from sidara.programmes.core.importing import Ask
from sidara.regions import queries as regions
from sidara.regions import services as registering
from tests.collection.conftest import register as register_62
from tests.programmes import messy
from tests.programmes.planners import NOW, OTHER, PROVINCE, REGENCY, VILLAGE, planner

register = register_62
OWNERS = {
    "program_pusat": (Level.CENTRE, REGENCY),
    "komitmen_csr": (Level.COMPANY, REGENCY),
    **dict.fromkeys(("rpjmdes", "rkpdes", "apbdes", "dpa_desa", "du_rkp"), (Level.VILLAGE, VILLAGE)),
}
AGENCY = {"renstra", "renja", "dpa"}


def ask(table, **more):
    level, area = OWNERS.get(table, (Level.REGENCY, REGENCY))
    asked = {
        "level": level,
        "area": area,
        "year": 2025 if table == "renstra" else messy.YEAR,
        "year_to": {"renstra": 2029, "rpjmdes": 2034}.get(table, 0),
        "agency": "Dinas PMD" if table in AGENCY else "",
        "percent": "shown",
    }
    return Ask(**(asked | more))


def bring(table, sheets=None, *, actor=OPERATOR, is_dry=False, now=NOW, **more):
    make = next(one for one in messy.ALL if one.__name__ == table)
    content = messy.xlsx(sheets) if sheets else make().xlsx()
    return services.import_plan(
        actor, content=content, name=f"{table}.xlsx", ask=ask(table, **more), now=now, is_dry=is_dry
    )


def stored():
    return {
        model.__name__: model.objects.count()
        for model in (
            models.Plan, models.PlanEdition, models.PlanImport, models.PlanLine, models.Activity,
            models.ActivityVillage, models.ActivityOutput, models.Proposal, models.ProgrammeEvent,
        )
    }  # fmt: skip


def codes(done):
    return {one.code for one in done.findings}


def account(done):
    return tuple(done.counts[key] for key in ("created", "updated", "unchanged", "conflicting", "rejected"))


CREATED = {
    "renstra": 2, "rkpd": 3, "renja": 3, "dpa": 1, "rpjmdes": 3, "rkpdes": 2, "apbdes": 4, "dpa_desa": 2,
    "du_rkp": 2, "usulan_musrenbang": 2, "program_pusat": 2, "komitmen_csr": 2,
}  # fmt: skip


@pytest.mark.parametrize("table", CREATED)
def test_each_table_is_brought_in_with_an_exact_account_and_twice_without_change(register, table):
    tried = bring(table, is_dry=True)
    assert stored() == dict.fromkeys(stored(), 0)
    done = bring(table)
    assert [(one.code, one.message) for one in done.findings if one.severity == "error"] == []
    assert account(done) == account(tried) == (CREATED[table], 0, 0, 0, 0)
    assert sum(account(done)) == done.counts["sent"] == CREATED[table]
    held = stored()
    again = bring(table)
    assert account(again) == (0, 0, CREATED[table], 0, 0)
    assert (again.uid, stored()) == (done.uid, held)
    kept = models.PlanImport.objects.get(uid=done.uid)
    assert [one["verdict"] for one in kept.account["rows"]] == ["created"] * CREATED[table]


HEADS = ["Kode", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja", "Satuan", "Lokasi", "Target",
         "Pagu (Rp)", "Sumber Dana"]  # fmt: skip
GOOD = "2.13.04.2.01.0005"
NAME = "Fasilitasi"


def row(code=GOOD, indicator="Jumlah desa", place="62.01.02.2016", target=5, money="1.000.000", fund="APBDK"):
    return [code, NAME, indicator, "Desa", place, target, money, fund]


def renja(*rows, **more):
    return bring("renja", [messy.Sheet("Renja", [["RENJA"], HEADS, *rows])], **more)


def test_a_changed_row_is_updated_with_its_event_and_the_rest_stays(register):
    renja(row(), row(indicator="Jumlah laporan"))
    done = renja(row(target=8, money="2.500.000"), row(indicator="Jumlah laporan"))
    assert account(done) == (0, 1, 1, 0, 0)
    line = models.PlanLine.objects.get(indicator="Jumlah desa")
    assert (line.target, line.ceiling_original, line.revision) == (8, 2_500_000, 2)
    event = models.ProgrammeEvent.objects.get(subject="line")
    assert (event.act, event.before["target"], event.after["target"]) == ("import", "5.0000", "8")
    activity = models.Activity.objects.get()
    assert activity.budget_idr == 3_500_000
    assert [one.indicator for one in activity.outputs.order_by("indicator")] == [
        "Jumlah desa",
        "Jumlah laporan",
    ]
    assert [one.region.code for one in activity.villages.all()] == ["62.01.02.2016"]


def test_an_empty_cell_changes_nothing(register):
    renja(row())
    assert account(renja(row(target=None, money="-"))) == (0, 0, 1, 0, 0)
    assert models.PlanLine.objects.get().ceiling_original == 1_000_000


def test_a_row_that_a_person_changed_here_is_conflicting_until_the_file_is_said_to_hold(register):
    renja(row())
    line = models.PlanLine.objects.get()
    line.target = 9
    line.save()
    models.ProgrammeEvent.objects.create(
        subject="line", subject_uid=line.uid, act="change", message_id=uuid4(), actor_id=uuid4(),
        actor_name="Contoh", made_at=datetime(2026, 11, 25, tzinfo=UTC),
    )  # fmt: skip
    done = renja(row())
    assert account(done) == (0, 0, 0, 1, 0)
    assert "PLAN_CHANGED_HERE" in codes(done)
    assert models.PlanLine.objects.get().target == 9
    assert account(renja(row(), over_hand=True)) == (0, 1, 0, 0, 0)
    assert models.PlanLine.objects.get().target == 5
    assert account(renja(row(target=7))) == (0, 1, 0, 0, 0)


def test_one_key_twice_with_other_content_is_taken_from_neither(register):
    done = renja(row(), row(target=6), row(indicator="Lain"), row(indicator="Lain"))
    assert account(done) == (1, 0, 1, 2, 0)
    assert {"PLAN_ROW_TWICE", "PLAN_ROW_REPEATED"} <= codes(done)
    assert [one.indicator for one in models.PlanLine.objects.all()] == ["Lain"]


def test_a_code_of_the_wrong_government_is_refused_with_the_right_one(register):
    done = renja(row(code="2.13.04.1.01.0005"), row(code="2.13.04.2"), row(code="2.13.04.2.01.9999"), row())
    assert account(done) == (2, 0, 0, 0, 2)
    refused = next(one for one in done.findings if one.code == "NOMENCLATURE_OTHER_GOVERNMENT")
    assert (refused.place.line, refused.severity) == (3, "error")
    assert "2.13.04.2." in refused.remedy
    unknown = next(one for one in done.findings if one.code == "NOMENCLATURE_ABSENT")
    assert unknown.severity == "warning"
    assert models.PlanLine.objects.filter(code="2.13.04.2.01.9999").exists()


def test_all_or_nothing_stores_nothing_where_a_row_is_rejected(register):
    done = renja(row(), row(code="2.13.04.1.01.0005"), all_or_nothing=True)
    assert (account(done), done.is_stored) == ((1, 0, 0, 0, 1), False)
    assert stored() == dict.fromkeys(stored(), 0)


def test_a_kind_is_taken_when_it_is_the_only_one_offered_else_and_remembered(register):
    sheet = messy.rkpdes().sheets
    done = bring("rkpdes", sheet)
    offer = next(one for one in done.offers if one.key == "2.3.10")
    assert offer.what == "kind"
    assert "JK-JLN-01" in [code for code, _ in offer.candidates]
    assert models.PlanLine.objects.get(code="2.3.10").activity_kind == ""
    chosen = bring("rkpdes", sheet, kinds={"2.3.10": "JK-JLN-01"})
    assert account(chosen) == (0, 1, 1, 0, 0)
    assert models.Activity.objects.get(code="2.3.10").activity_kind == "JK-JLN-01"
    assert account(bring("apbdes")) == (4, 0, 0, 0, 0)
    assert {
        one.activity_kind for one in models.PlanLine.objects.filter(plan__kind="APBDes", code="2.3.10")
    } == {"JK-JLN-01"}


def test_places_are_joined_by_code_or_by_choice_and_never_in_silence(register):
    done = renja(row(place="Desa Kubu"))
    assert account(done) == (1, 0, 0, 0, 0)
    offer = next(one for one in done.offers if one.what == "village")
    assert offer.candidates
    activity = models.Activity.objects.get()
    assert (activity.villages.count(), activity.is_whole_area) == (0, False)
    code = offer.candidates[0][0]
    renja(row(place="Desa Kubu"), villages={offer.key: code})
    assert [one.region.code for one in activity.villages.all()] == [code]
    outside = renja(row(place="62.03.01.2001", indicator="luar"))
    assert account(outside) == (0, 0, 0, 0, 1)
    assert "PLAN_VILLAGE_OUTSIDE" in codes(outside)


def test_the_whole_area_is_no_list_of_villages(register):
    renja(row(place="Semua Kecamatan, Semua Kelurahan/Desa"))
    activity = models.Activity.objects.get()
    assert (activity.is_whole_area, activity.villages.count()) == (True, 0)


def test_a_change_keeps_the_original_ceiling_beside_the_revised_one(register):
    bring("rkpd")
    lines = {(one.agency, one.code[-1]): one for one in models.PlanLine.objects.all()}
    first = lines["Dinas PMD", "1"]
    assert (first.ceiling_original, first.ceiling_revised) == (1_250_000, 1_000_000)
    renja(row())
    renja(row(target=6, money="750.000"), edition=Edition.REVISED, document="Perbup 3/2027")
    line = models.PlanLine.objects.get(plan__kind="Renja")
    assert (line.target, line.target_revised) == (5, 6)
    assert (line.ceiling_original, line.ceiling_revised) == (1_000_000, 750_000)
    editions = models.PlanEdition.objects.filter(plan__kind="Renja").values_list(
        "edition", "number", "document"
    )
    assert list(editions) == [("murni", 1, ""), ("perubahan", 2, "Perbup 3/2027")]


def test_a_budget_holds_over_the_plan_that_comes_after_it(register):
    bring("renja")
    bring("dpa")
    activity = models.Activity.objects.get(code=messy.SUB)
    assert (activity.stage, activity.budget_idr) == ("dianggarkan", 4_000_000)
    assert account(bring("renja")) == (0, 0, 3, 0, 0)
    assert models.Activity.objects.get(code=messy.SUB).budget_idr == 4_000_000


def test_goals_are_found_by_code_or_name_and_others_are_told(register):
    renja(row())
    plan = models.Plan.objects.get()
    goal = models.Goal.objects.create(
        plan=plan, kind="sasaran", name="Desa mandiri", valid_from=2027, valid_to=2027
    )
    heads = [*HEADS, "Sasaran"]
    sheet = messy.Sheet("Renja", [["RENJA"], heads, [*row(), "desa  MANDIRI"], [*row(indicator="A"), "Lain"]])
    done = bring("renja", [sheet])
    assert "PLAN_GOAL_UNKNOWN" in codes(done)
    lines = models.PlanLine.objects.order_by("indicator")
    assert [(one.goal_id, one.goal_as_written) for one in lines] == [
        (None, "Lain"),
        (goal.pk, "desa MANDIRI"),
    ]


def test_files_are_refused_for_another_owner_and_without_what_they_need(register):
    assert codes(bring("renja", agency="")) >= {"PLAN_AGENCY_MISSING"}
    assert codes(bring("renja", level=Level.VILLAGE, area=VILLAGE)) >= {"PLAN_OWNER_LEVEL"}
    assert codes(bring("renja", area="62.01.02")) >= {"PLAN_AREA_UNKNOWN"}
    assert codes(bring("rkpdes", is_simulated=True)) >= {"REAL_AND_SIMULATED"}
    assert stored() == dict.fromkeys(stored(), 0)


@pytest.mark.parametrize(
    ("role", "under", "table", "more", "is_allowed"),
    [
        ("perencana", REGENCY, "renja", {}, True),
        ("perencana", OTHER, "renja", {}, False),
        ("perencana", PROVINCE, "renja", {}, False),
        ("perencana", REGENCY, "rkpdes", {}, False),
        ("operator-desa", VILLAGE, "rkpdes", {}, True),
        ("operator-desa", VILLAGE, "renja", {}, False),
        ("verifikator-kecamatan", "62.01.02", "rkpdes", {}, True),
        ("verifikator-kecamatan", "62.01.03", "rkpdes", {}, False),
        ("perusahaan", REGENCY, "komitmen_csr", {}, True),
        ("perusahaan", REGENCY, "renja", {}, False),
        ("walidata", REGENCY, "program_pusat", {}, True),
        ("pimpinan", REGENCY, "renja", {}, False),
    ],
)
def test_people_bring_in_what_their_own_level_and_area_plans(register, role, under, table, more, is_allowed):
    actor = planner(role, under)
    if is_allowed:
        assert bring(table, actor=actor, **more).is_stored
    else:
        with pytest.raises(NotAllowed):
            bring(table, actor=actor, **more)
        assert stored() == dict.fromkeys(stored(), 0)


def test_who_keeps_the_whole_country_brings_in_lists_of_the_centre_and_nobody_elses(register):
    roles = accounts.roles(PUBLIC)
    grant = as_grant(roles["admin"], "g1", Bounds("admin", EVERYWHERE, frozenset()), (None, None))
    actor = Actor(UUID(int=9), "Contoh admin", "Admin", PUBLIC_OPERATIONS, (grant,))
    assert bring("program_pusat", actor=actor).is_stored
    with pytest.raises(NotAllowed):
        bring("renja", actor=actor)


def test_the_public_brings_in_nothing(register):
    with pytest.raises(NotAllowed):
        bring("renja", actor=PUBLIC, is_dry=True)


def test_what_breaks_in_the_middle_leaves_nothing(register, monkeypatch):
    monkeypatch.setattr(models.ActivityVillage.objects, "bulk_create", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        renja(row())
    monkeypatch.undo()
    assert stored() == dict.fromkeys(stored(), 0)
    assert account(renja(row())) == (1, 0, 0, 0, 0)


def command(tmp_path, *options, content=None):
    file = tmp_path / "rkp.xlsx"
    file.write_bytes(content or messy.rkpdes().xlsx())
    given = ["plan", "import", str(file), "--area", VILLAGE, "--year", "2027", *options]
    return CliRunner().invoke(build(), given)


def test_the_command_gives_the_account_and_its_exit_codes(register, tmp_path):
    tried = command(tmp_path, "--table", "rkpdes", "--dry-run", "--json")
    result = json.loads(tried.stdout)
    assert (tried.exit_code, result["created"], result["sent"], result["stored"]) == (0, 2, 2, False)
    assert [one["verdict"] for one in result["rows"]] == ["created", "created"]
    assert {one["reason"] for one in result["skipped"]} == {"nomor kolom", "kelompok", "jumlah", "catatan"}
    assert result["choices"][0]["candidates"]
    done = command(tmp_path, "--owner", "desa", "--kind", "2.3.10=JK-JLN-01")
    assert (done.exit_code, models.PlanLine.objects.count()) == (0, 2)
    heads = ["Bidang", "Jenis Kegiatan", "Kode", "Lokasi", "Volume", "Biaya (Rp)", "Sumber"]
    given = ["Pembangunan", "x", "2.13.04.2.01.0005", "RT 1", 1, 1, "DD"]
    wrong = messy.xlsx([messy.Sheet("RKP", [["RKP DESA"], heads, given])])
    assert command(tmp_path, "--table", "rkpdes", content=wrong).exit_code == 2
    assert command(tmp_path, "--table", "renja", "--owner", "desa").exit_code == 1
    assert command(tmp_path).exit_code == 64
    asked = messy.xlsx([messy.Sheet("RKP", [["RKP DESA (dalam juta rupiah)"], heads, given])])
    refused = command(tmp_path, "--table", "rkpdes", content=asked)
    assert (refused.exit_code, "--unit rupiah, ribu, juta" in refused.stderr) == (1, True)
    assert command(tmp_path, "--table", "rkpdes", "--kind", "x").exit_code == 64


def test_the_command_lists_the_tables(register):
    told = json.loads(CliRunner().invoke(build(), ["plan", "tables", "--json"]).stdout)
    assert [one["table"] for one in told] == [make.__name__ for make in messy.ALL]


@pytest.mark.parametrize(
    "table", ["renstra", "rkpd", "renja", "dpa", "rpjmdes", "rkpdes", "apbdes", "dpa_desa"]
)
def test_a_plan_taken_out_in_the_columns_of_its_table_changes_nothing_when_it_comes_back(register, table):
    done = bring(table)
    plan = models.Plan.objects.get()
    _, content = queries.plan_workbook(OPERATOR, plan.uid)
    again = services.import_plan(OPERATOR, content=content, name="kembali.xlsx", ask=ask(table), now=NOW)
    assert [(one.code, one.message) for one in again.findings if one.severity == "error"] == []
    assert account(again) == (0, 0, done.counts["sent"], 0, 0)


@pytest.mark.parametrize("table", ["du_rkp", "usulan_musrenbang"])
def test_proposals_taken_out_change_nothing_when_they_come_back(register, table):
    done = bring(table)
    content = queries.proposal_workbook(
        OPERATOR, table, area=ask(table).area, year=messy.YEAR, is_simulated=False
    )
    again = services.import_plan(OPERATOR, content=content, name="kembali.xlsx", ask=ask(table), now=NOW)
    assert account(again) == (0, 0, done.counts["sent"], 0, 0)


@pytest.mark.parametrize("make", messy.ALL, ids=lambda make: make.__name__)
def test_an_empty_table_is_recognised_as_itself(register, make):
    content = queries.empty_table(PUBLIC, make.__name__)
    done = services.import_plan(
        OPERATOR, content=content, name="kosong.xlsx", ask=ask(make.__name__), now=NOW
    )
    assert codes(done) >= {"PLAN_NO_ROWS"}


def test_example_villages_get_made_up_plans_and_never_meet_real_ones(register):
    registering.add_examples(OPERATOR, province=PROVINCE, clock=lambda: NOW)
    example = next(one for one in regions.villages(OPERATOR, REGENCY, examples=True) if one.is_example)
    done = bring("rkpdes", area=example.code, is_simulated=True)
    assert account(done) == (2, 0, 0, 0, 0)
    assert set(models.Activity.objects.values_list("is_simulated", "villages__region__code")) == {
        (True, example.code)
    }
    assert codes(bring("rkpdes", area=example.code)) >= {"REAL_AND_SIMULATED"}
    mixed = renja(row(place=example.code))
    assert codes(mixed) >= {"PLAN_VILLAGE_OUTSIDE"}
    assert account(renja(row(place=example.code), is_simulated=True)) == (1, 0, 0, 0, 0)
    assert account(renja(row(place=VILLAGE), is_simulated=True)) == (0, 0, 0, 0, 1)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_imports_only_grow(register, act):
    renja(row())
    rows = models.PlanImport.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(file="lain.xlsx") if act == "update" else rows.delete()
    assert models.PlanImport.objects.get().file == "renja.xlsx"


def test_what_a_planner_brings_in_for_an_agency_is_the_agencys_to_change(register):
    assert bring("renja", actor=planner("perencana", REGENCY), agency="Dinas Kesehatan").is_stored
    health = planner("opd", REGENCY, number=8, sectors=("KES",))
    education = planner("opd", REGENCY, number=9, sectors=("DIK",))
    done = bring("renja", actor=health, agency="Dinas Kesehatan", sector="KES")
    assert account(done) == (0, 0, CREATED["renja"], 0, 0)
    assert "AGENCY_OTHER_SECTOR" in codes(
        bring("dpa", actor=education, agency="Dinas Kesehatan", sector="DIK")
    )
    activity = models.Activity.objects.first()
    assert activity.sector == "KES"
    act = {"uid": activity.uid, "revision": activity.revision, "reason": "x", "now": NOW}
    with pytest.raises(NotAllowed):
        services.cancel_activity(education, message_id=uuid4(), **act)
    assert services.cancel_activity(health, message_id=uuid4(), **act).is_done


def test_an_agency_brings_in_nothing_of_another_sector_and_no_document_of_all(register):
    health = planner("opd", REGENCY, sectors=("KES",))
    education = planner("opd", REGENCY, number=9, sectors=("DIK",))
    own = {"agency": "Dinas Kesehatan"}
    assert bring("renja", actor=health, sector="KES", **own).is_stored
    before = stored()
    for table in ("renja", "dpa", "rkpd"):
        done = bring(table, actor=education, sector="DIK", over_hand=True, **own)
        assert not done.is_stored
        assert "AGENCY_OTHER_SECTOR" in codes(done), table
    assert stored() == before
    assert bring("dpa", actor=health, sector="KES", **own).is_stored
    assert bring("rkpd", actor=planner("perencana", REGENCY, number=8)).is_stored


MEETING = ["ID Usulan", "Desa/Kelurahan", "Jenis Kegiatan", "Kegiatan", "Lokasi Kegiatan", "Anggaran",
           "Status", "Tanggal Keputusan", "Alasan Penolakan"]  # fmt: skip


def asked(number="U-1", kind="JK-JLN-01", status="Ditolak", day="12/11/2026", reason="Bukan wewenang"):
    return [number, "62.01.02.2016", kind, f"Usulan {number}", "RT 02", "45.000.000", status, day, reason]


def meeting(*rows, **more):
    return bring("usulan_musrenbang", [messy.Sheet("Ekspor", [["MUSRENBANG"], MEETING, *rows])], **more)


def fates():
    return list(
        models.ProposalFate.objects.order_by("id").values_list("fate", "recorded_date", "source", "reason")
    )


def test_a_decision_in_a_file_counts_only_if_its_sender_may_decide(register):
    works = planner("opd", REGENCY, sectors=("INF",))
    file = (asked(), asked("U-2", "JK-KES-01"), asked("U-3", "JK-KES-01", "Proses", None, None))
    done = meeting(*file, actor=works, sector="INF")
    assert account(done) == (3, 0, 0, 0, 0)
    told = [one for one in done.findings if one.code == "PLAN_DECISION_OF_OTHERS"]
    assert [(one.place.line, one.value) for one in told] == [(4, "ditolak")]
    held = models.Proposal.objects.order_by("external_id").values_list("decision", "reason")
    assert list(held) == [("ditolak", "Bukan wewenang"), ("belum", ""), ("belum", "")]
    assert fates() == [("DITOLAK", date(2026, 11, 12), "berkas", "Bukan wewenang")]
    again = meeting(*file, actor=works, sector="INF")
    assert account(again) == (0, 0, 3, 0, 0)
    assert "PLAN_DECISION_OF_OTHERS" in codes(again)
    office = meeting(*file, actor=planner("pmd-kabupaten", REGENCY, number=9))
    assert account(office) == (0, 1, 2, 0, 0)
    assert len(fates()) == 2


def test_nobody_takes_back_what_a_file_of_the_deciding_office_decided(register):
    meeting(asked("U-2", "JK-KES-01"), actor=planner("pmd-kabupaten", REGENCY))
    relabelled = asked("U-2", "JK-JLN-01", None, None, None)
    for row, told in (
        (relabelled, "PLAN_KIND_OF_OTHERS"),
        (asked("U-2", "JK-JLN-01", "Proses"), "PLAN_DECISION_OF_OTHERS"),
        (asked("U-2", "JK-JLN-01", "Ditolak", None, "Lain"), "PLAN_DECISION_OF_OTHERS"),
    ):
        done = meeting(
            row, actor=planner("opd", REGENCY, number=9, sectors=("INF",)), sector="INF", over_hand=True
        )
        assert told in codes(done)
    one = models.Proposal.objects.get()
    assert (one.decision, one.reason, one.activity_kind) == ("ditolak", "Bukan wewenang", "JK-KES-01")
    assert len(fates()) == 1


@pytest.mark.parametrize(("day", "severity"), [(None, "info"), ("01/12/2030", "warning")])
def test_a_decision_without_its_day_is_recorded_on_that_of_the_import_and_says_so(register, day, severity):
    done = meeting(asked(day=day))
    assert [one.severity for one in done.findings if one.code == "PLAN_DECISION_DAY"] == [severity]
    assert fates() == [("DITOLAK", date(2026, 11, 24), "impor", "Bukan wewenang")]


def test_a_decision_of_a_file_that_comes_after_another_is_the_last(register):
    meeting(asked())
    meeting(asked(status="Ditunda", day="01/10/2026", reason="Tahun depan"))
    meeting(asked(status="Proses", day=None, reason=None))
    assert [one[:3] for one in fates()] == [
        ("DITOLAK", date(2026, 11, 12), "berkas"),
        ("DITUNDA", date(2026, 11, 24), "impor"),
        ("DICATAT", date(2026, 11, 24), "impor"),
    ]


def test_a_file_overwrites_no_decision_of_who_does_not_bring_it(register):
    assert bring("usulan_musrenbang").is_stored
    one = models.Proposal.objects.exclude(level_asked="desa").first()
    services.decide_proposal(
        OPERATOR,
        proposal=one.uid,
        decision=Decision.POSTPONED,
        reason="Tahun depan",
        message_id=uuid4(),
        now=NOW,
    )
    for is_dry in (True, False):
        done = bring("usulan_musrenbang", actor=planner("walidata", REGENCY), over_hand=True, is_dry=is_dry)
        assert done.counts["conflicting"] == 1
    one.refresh_from_db()
    assert (one.decision, one.reason) == ("ditunda", "Tahun depan")
    assert (
        bring("usulan_musrenbang", actor=planner("perencana", REGENCY), over_hand=True).counts["updated"] == 1
    )
