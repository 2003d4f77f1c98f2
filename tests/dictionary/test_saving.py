"""Saves: a load twice, edits kept and in conflict, versions of forms, what is never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from sidara.dictionary import models, queries, services
from sidara.dictionary.core import Thing
from sidara.dictionary.formats import content_file
from sidara.kernel.actor import OPERATOR, PUBLIC, NotAllowed
from sidara.regions.core import uid
from tests.dictionary.conftest import clock, edited, save

pytestmark = pytest.mark.django_db
ENTRIES = 535
NAMES = ("created", "updated", "unchanged", "kept", "conflicting", "rejected")


def counts(account):
    return {name: getattr(account, name) for name in NAMES if getattr(account, name)}


def versions():
    return {one.code: one.version for one in queries.forms(OPERATOR)}


def changed_file(name, before, after):
    """The shipped content with one file changed."""
    files = dict(content_file.packaged())
    assert before in files[name].decode()
    files[name] = files[name].decode().replace(before, after, 1).encode()
    return list(files.items())


def test_a_load_brings_everything_once(db):
    loaded = services.load(OPERATOR, clock=clock)
    assert loaded.is_stored
    assert counts(loaded) == {"created": ENTRIES}
    assert (loaded.revision, len(loaded.moves)) == (1, 33)
    again = services.load(OPERATOR, clock=clock)
    assert (counts(again), again.is_stored, again.moves) == ({"unchanged": ENTRIES}, False, ())
    assert [one.number for one in queries.revisions(OPERATOR)] == [1]


def test_a_trial_stores_nothing(db):
    account = services.load(OPERATOR, clock=clock, dry_run=True)
    assert (counts(account), account.is_stored) == ({"created": ENTRIES}, False)
    assert not models.Revision.objects.exists()


def test_an_edit_is_a_version_with_its_difference(loaded):
    account = save(edited("KEP_001", question="Berapa jiwa penduduk desa pada akhir semester?"))
    assert counts(account) == {"updated": 1}
    assert [key.key for key in account.differences[0].keys] == ["question"]
    newest, first = queries.history(OPERATOR, Thing.VARIABLE, "KEP_001")
    assert (newest.number, newest.saved.reason, newest.saved.source) == (2, "uji", "screen")
    assert [(key.key, key.new) for key in newest.changes] == [
        ("question", "Berapa jiwa penduduk desa pada akhir semester?")
    ]
    assert first.changes == ()
    assert [one.code for one in queries.difference(OPERATOR, 1, 2)] == ["KEP_001"]
    assert [one.code for one in queries.difference(OPERATOR, 0)] == ["KEP_001"]


def test_a_changed_question_makes_a_new_version_of_its_form_only(loaded):
    account = save(edited("KEP_001", question="Berapa jiwa?"))
    assert [(one.form, one.before, one.after) for one in account.moves] == [("KEP_SEMESTER", 1, 2)]
    old, new = (queries.form(OPERATOR, "KEP_SEMESTER", number) for number in (1, 2))
    words = [
        next(v.question for v in one.questionnaire.variables if v.code == "KEP_001") for one in (old, new)
    ]
    assert words[1] == "Berapa jiwa?" != words[0]
    assert old.digest != new.digest
    assert queries.form(OPERATOR, "KEP_SEMESTER").version == 2


def test_an_edit_taken_back_comes_back_to_the_version_before(loaded):
    before = queries.dictionary(OPERATOR).variables["KEP_001"].question
    save(edited("KEP_001", question="Berapa jiwa?"))
    account = save(edited("KEP_001", question=before))
    assert [(one.form, one.before, one.after) for one in account.moves] == [("KEP_SEMESTER", 2, 1)]
    assert versions()["KEP_SEMESTER"] == 1
    assert [number for number, _, _ in queries.form_versions(OPERATOR, "KEP_SEMESTER")] == [2, 1]


@pytest.mark.parametrize(
    "keys", [{"sources": ["podes:R401"]}, {"text_confidence": "official"}, {"agency": "DPMD"}]
)
def test_what_is_not_asked_leaves_the_version(loaded, keys):
    assert save(edited("KEP_001", **keys)).moves == ()


def test_how_another_form_reads_a_variable_makes_its_version_too(loaded):
    """KEP_001 read as a choice of another kind would be judged otherwise elsewhere."""
    account = save(edited("KEP_004", aggregation="rata_rata"))
    moved = {one.form for one in account.moves}
    assert {"KEP_SEMESTER", "PEM_TAHUNAN", "SOS_TRIWULAN"} <= moved
    assert "KEU_TAHUNAN" not in moved


def test_a_changed_classification_makes_versions_of_the_forms_that_use_it(loaded):
    held = queries.dictionary(OPERATOR).classifications["JENIS_PASAR"]
    body = {
        "code": held.code,
        "name": held.name,
        "categories": [
            *({"code": one.code, "label": one.label} for one in held.categories),
            {"code": "TERAPUNG", "label": "Pasar terapung"},
        ],
        "has_total": True,
        "confidence": "inferred",
    }
    account = save({(Thing.CLASSIFICATION, "JENIS_PASAR"): body})
    assert {one.form for one in account.moves} == {"EKO_TAHUNAN"}


def test_a_faulty_edit_is_refused_whole(loaded):
    changes = edited("KEP_001", question="Berapa?") | edited("KEP_002", relevance="KEP-001 > 1")
    account = save(changes)
    assert counts(account) == {"rejected": 2}
    assert [one.code for one in account.findings] == ["HYPHEN_IN_NAME"]
    assert queries.dictionary(OPERATOR).revision == 1


def test_a_save_needs_a_reason_and_an_unmoved_entry(loaded):
    assert [one.code for one in save(edited("KEP_001", name="Warga"), reason=" ").findings] == [
        "REASON_MISSING"
    ]
    first = edited("KEP_001", name="Warga")
    assert save(first).is_stored
    late = save(edited("KEP_001", name="Jiwa"), base=1)
    assert [one.code for one in late.findings] == ["REVISION_MOVED"]
    assert save(edited("KEP_002", name="Laki-laki"), base=1).is_stored
    [(key, body)] = edited("KEP_001").items()
    renamed = save({key: body | {"code": "KEP_077"}})
    assert "CODE_STAYS" in {one.code for one in renamed.findings}


def test_a_new_sector_form_needs_no_code(loaded):
    variable = next(iter(edited("KEP_002").values()))
    account = save(
        {
            (Thing.SECTOR, "IKN"): {"code": "IKN", "name": "Perikanan"},
            (Thing.FORM, "IKN_TAHUNAN"): {
                "code": "IKN_TAHUNAN", "name": "Perikanan: tahunan", "sector": "IKN", "frequency": "tahunan",
            },
            (Thing.VARIABLE, "IKN_001"): {
                **variable, "code": "IKN_001", "form": "IKN_TAHUNAN", "name": "Keramba", "rules": [
                    {"code": "IKN_001_a", "severity": "galat", "holds": "IKN_001 <= KEP_004",
                     "message": "Keramba {IKN_001} melebihi keluarga {KEP_004}."},
                ],
            },
        }
    )  # fmt: skip
    assert (counts(account), [(one.form, one.after) for one in account.moves]) == (
        {"created": 3},
        [("IKN_TAHUNAN", 1)],
    )
    made = queries.form(OPERATOR, "IKN_TAHUNAN")
    assert [one.code for one in made.questionnaire.variables] == ["IKN_001"]


def test_what_others_read_is_not_taken_out(loaded):
    account = save({(Thing.VARIABLE, "KEP_004"): None})
    assert account.rejected == 1
    assert {one.code for one in account.findings} >= {"UNKNOWN_NAME", "VARIABLE_UNKNOWN"}


def test_a_load_keeps_what_was_edited_here(loaded):
    save(edited("KEP_001", question="Berapa jiwa?"))
    same = services.load(OPERATOR, clock=clock)
    assert counts(same) == {"unchanged": ENTRIES - 1, "kept": 1}
    files = changed_file("KEP_SEMESTER.yaml", "name: Penduduk laki-laki", "name: Laki-laki")
    assert counts(services.load(OPERATOR, clock=clock, files=files)) == {
        "unchanged": ENTRIES - 2, "kept": 1, "updated": 1,
    }  # fmt: skip
    files = changed_file("KEP_SEMESTER.yaml", "name: Jumlah penduduk", "name: Penduduk")
    account = services.load(OPERATOR, clock=clock, files=files)
    assert account.conflicting == 1
    assert [one.code for one in account.findings] == ["CONTENT_CONFLICT"]
    assert queries.dictionary(OPERATOR).variables["KEP_001"].question == "Berapa jiwa?"
    taken = services.load(OPERATOR, clock=clock, files=files, take_given=True)
    assert taken.conflicting == 0
    assert queries.dictionary(OPERATOR).variables["KEP_001"].name == "Penduduk"


def test_every_revision_can_be_read_again(loaded):
    save(edited("KEP_001", name="Warga"))
    assert queries.dictionary(OPERATOR, 1).variables["KEP_001"].name == "Jumlah penduduk"
    assert queries.dictionary(OPERATOR).variables["KEP_001"].name == "Warga"
    assert queries.check(OPERATOR).is_good


def test_the_records_refuse_to_be_changed(loaded):
    for table in ("revision", "entry", "formversion", "outsideid"):
        for statement in (f"UPDATE dictionary_{table} SET id = id", f"DELETE FROM dictionary_{table}"):
            words = statement.replace("id = id", "number = number") if table == "revision" else statement
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                connection.cursor().execute(words)


def test_outside_ids_are_made_once(loaded):
    ids = queries.outside_ids(OPERATOR, "variable")
    assert len(ids) == 323
    assert ids["KEP_001"] == uid("variable", "KEP_001")
    parts = queries.outside_ids(OPERATOR, "breakdown")
    assert parts["DIK_001|STATUS_SEKOLAH:NEGERI"]
    assert len(queries.outside_ids(OPERATOR, "form")) == 33
    assert len({*ids.values(), *parts.values()}) == len(ids) + len(parts)


def test_the_public_reads_and_does_not_write(loaded):
    assert queries.dictionary(PUBLIC).variables
    for refused in (
        lambda: services.load(PUBLIC, clock=clock),
        lambda: save({}, actor=PUBLIC),
        lambda: services.import_form(PUBLIC, content=b"", file_name="a.xlsx", reason="uji", clock=clock),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_preview_shows_the_form_as_it_would_be_and_stores_nothing(loaded):
    shown = queries.preview(OPERATOR, edited("KEP_010", question="Berapa bayi lahir hidup?"))
    assert shown.findings == ()
    words = [one.question for one in shown.form("KEP_TRIWULAN").variables]
    assert "Berapa bayi lahir hidup?" in words
    assert queries.dictionary(OPERATOR).revision == 1
    faulty = queries.preview(OPERATOR, edited("KEP_010", relevance="KEP_0100 > 1", unit=5))
    assert [one.code for one in faulty.findings] == ["VALUE_FORM"]
    assert (
        queries.preview(OPERATOR, edited("KEP_010", relevance="KEP_0100 > 1")).findings[0].code
        == "UNKNOWN_NAME"
    )
