"""Personal data are taken out by two persons: they come back by no door, and every chain stays whole."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from sidara.collection import models, queries, services
from sidara.collection.core import Source
from sidara.collection.core.answering import Given
from sidara.collection.core.handed import Handing
from sidara.collection.core.redaction import REMOVED, Redaction, Scope, cleaned, without
from sidara.collection.core.submission import Content, Key, SubmissionKey
from sidara.kernel.actor import OPERATOR, NotAllowed
from sidara.kernel.cell import State
from sidara.kernel.finding import Finding
from sidara.kernel.personal import looks_like, without_numbers
from sidara.verification import queries as verification
from tests.copied import shipped
from tests.verification.conftest import GOOD, NOW, PEOPLE, endorse, person, register, save, send

__all__ = ["register"]
NIK, PHONE = "6201021203850001", "0812-3456-7890"
SAID = f"Data dari Bpk. Contoh, NIK {NIK}, telepon {PHONE}."
CELL = Key("", "KEP_001", "_T")
ASKER, HEAD = person("operator-desa", number=7), person("kepala-desa", number=9)
VERIFIER = person("verifikator-kecamatan", number=11)
TABLES = (
    "cell",
    "change",
    "kept",
    "message",
    "handedfile",
    "revision",
    "redactionrequest",
    "redactiondecision",
)


FIGURES = (
    "Rp1.250.000.000 dan Rp 2.500.000.000",
    "Rp1.250.000.000.000.000",
    "Pagu Rp 1.085.000.000, terserap Rp.2.081.234.567",
    "Rp62.812.345.678",
    "triwulan 1 sampai 4: 0 850 1200 1500",
    "0-850-1200-1500",
    "0.8123456789",
    "62.01.02.2010 62.01.02.2011",
    "62.01.02.2001-62.01.02.2012",
    "2019 2020 2021 2022 2023",
    "01-01-2024 31-12-2024",
    "01-01-2024-31-12-2024",
    "Screenshot_2024-01-15-10-30-45-12.jpg",
    "1.250, 1.300, 1.275, 1.310",
    "120 130 140 150 160 170",
    "luas 100 m\u00b2",
)
"""What is written with many digits and names nobody."""


@pytest.fixture(autouse=True)
def filled(register):
    shipped(lambda: NOW)


def said(text, code="KEP_001", value="100"):
    return Given(code, value, explanation=text)


def ask(*, cell=CELL, actor=ASKER, scope=Scope.NUMBERS, reason="ada NIK warga", request=None, key=PEOPLE):
    return services.propose_redaction(
        actor, key=key, about=cell, scope=scope, reason=reason, request=request or uuid4(), now=NOW
    )


def decide(one, *, actor=VERIFIER, is_confirmed=True):
    return services.decide_redaction(
        actor, key=PEOPLE, request=one.id, is_confirmed=is_confirmed, now=NOW + timedelta(hours=1)
    )


def code(found):
    assert isinstance(found, Finding), found
    return found.code


def audited():
    return [one.code for one in (*queries.audit(OPERATOR), *verification.audit(OPERATOR))]


def everything():
    """All that the tables of the room hold, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM collection_{table}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"NIK {NIK}.", f"NIK {REMOVED}."),
        (f"{PHONE}, {NIK}", f"{REMOVED}, {REMOVED}"),
        (f"{PHONE} {PHONE}", f"{REMOVED} {REMOVED}"),
        ("+62 812 3456 7890", REMOVED),
        ("62.01.02.120385.0001", REMOVED),
        ("Rp1.250.000.000 untuk 62.01.02.2016", "Rp1.250.000.000 untuk 62.01.02.2016"),
        ("", ""),
        ("NIK 6201 0201 0101 0001.", f"NIK {REMOVED}."),
        ("KK 6201020101200001", f"KK {REMOVED}"),
        ("6201-0241-1299-0001", REMOVED),
        ("6 2 0 1 0 2 0 1 0 1 0 1 0 0 0 1", REMOVED),
        (
            "\uff16\uff12\uff10\uff11\uff10\uff12\uff11\uff12\uff10\uff13\uff18\uff15\uff10\uff10\uff10\uff11",
            REMOVED,
        ),
        ("\u00bd 6201\u00a00201\u00a00101\u00a00001 \u00bd", f"\u00bd {REMOVED} \u00bd"),
        ("\ufb01 0812\u20113456\u20137890", f"\ufb01 {REMOVED}"),
        ("+62-812-3456-7890, (+62) 812 3456 789", f"{REMOVED}, ({REMOVED}"),
        ("+62 0812 3456 7890", REMOVED),
        *((text, text) for text in FIGURES),
    ],
)
def test_numbers_are_taken_out_of_a_text(text, left):
    assert without_numbers(text, REMOVED) == left
    assert looks_like(left) == ""


@pytest.mark.parametrize(
    "text", ["6201 0201 0101 0001", "\uff16201020101010001", "62.01.02.2010 62.01.02.2011"]
)
def test_a_file_warns_of_the_same_texts(text):
    line = f"KEP_SEMESTER,{PEOPLE.region},2026-S1,,KEP_001,,,100,{text}\n".encode()
    told, _ = services.import_file(
        OPERATOR, handing=Handing(FILE.splitlines(keepends=True)[0] + line), message_id=uuid4(), now=NOW
    )
    codes = {one["code"] for one in told["findings"]}
    assert ("TEXT_PERSONAL" in codes) is bool(looks_like(text))


def test_a_number_that_is_a_figure_stays():
    content = Content(State.VALUE, NIK, f"lihat {NIK}")
    assert cleaned(content, Scope.NUMBERS, is_text=False) == Content(State.VALUE, NIK, f"lihat {REMOVED}")
    assert cleaned(content, Scope.ALL, is_text=True) == Content(State.VALUE, REMOVED, REMOVED)


def test_two_persons_take_it_out_of_the_whole_past():
    save(*GOOD[1:], said(SAID))
    save(said(f"{SAID} Sudah diperiksa.", value="101"))
    save(said("Bersih.", value="102"))
    assert NIK in everything()
    one = decide(ask())
    assert one.is_done
    held = everything()
    assert NIK not in held
    assert PHONE not in held
    assert "Sudah diperiksa." in held, "what is not personal stays"
    old = [step.delta.new.explanation for step in queries.cell_history(ASKER, PEOPLE, CELL)]
    assert old[0] == f"Data dari Bpk. Contoh, NIK {REMOVED}, telepon {REMOVED}."
    assert audited() == []
    (told,) = queries.redactions(ASKER, PEOPLE)
    assert (told.asked.name, told.decided.name) == ("Contoh operator-desa", "Contoh verifikator-kecamatan")
    assert (told.reason, told.revision) == ("ada NIK warga", 4)
    assert queries.filled(ASKER, PEOPLE).state.revision == 4


def test_the_whole_text_goes_where_a_name_is_in_it():
    save(said("Menurut Ibu Contoh di RT 3"))
    assert code(ask()) == "REDACTION_NOTHING"
    decide(ask(scope=Scope.ALL))
    assert "Ibu Contoh" not in everything()
    assert queries.filled(ASKER, PEOPLE).state.cells[CELL].content == Content(State.VALUE, "100", REMOVED)
    assert audited() == []


def test_saving_and_further_redactions_go_on_after_it():
    save(said(SAID))
    decide(ask())
    save(said(f"lagi {PHONE}", value="5"), said(SAID, "KEP_002", "60"))
    assert audited() == []
    decide(ask())
    decide(ask(cell=Key("", "KEP_002", "_T")))
    assert NIK not in everything()
    assert PHONE not in everything()
    assert audited() == []
    services.make_root(OPERATOR, day=NOW.date(), now=NOW)
    assert audited() == []


def test_a_nightly_root_and_what_was_sent_and_endorsed_stay_whole():
    save(*GOOD[1:], said(SAID))
    assert [one.code for one in send().findings] == ["SEND_BLOCKED"], "what looks personal does not go up"
    save(said("Menurut Ibu Contoh di RT 3"))
    services.make_root(OPERATOR, day=NOW.date(), now=NOW)
    assert send().is_done
    decide(ask(scope=Scope.ALL))
    assert audited() == []
    assert endorse().is_done
    assert audited() == []
    assert "Ibu Contoh" not in everything()


def test_what_others_sent_and_answers_that_were_given_are_cleaned():
    save(said("Bersih."))
    for number in (8, 9):
        sent = [said(f"{SAID} {number}", value=str(number))]
        one = services.Save(PEOPLE, 0, uuid4(), Source.API, sent)
        services.save_cells(person("operator-desa", number=number), save=one, now=NOW)
    assert models.Kept.objects.count() == 2
    assert NIK in everything()
    decide(ask())
    assert NIK not in everything()
    assert audited() == []
    assert NIK not in json.dumps([row.answer for row in models.Message.objects.all()])


@pytest.mark.parametrize(
    ("taken", "told", "left"),
    [
        ("-", "Isian 2026-S1: -", f"Isian 2026-S1: {REMOVED}"),
        ("r", "Luar r warga", f"Luar {REMOVED} warga"),
        (NIK, f"NIK{NIK}.", f"NIK{REMOVED}."),
        ("Ibu Contoh", "kata Ibu Contoh.", f"kata {REMOVED}."),
        ("a.c", "abc a.c", f"abc {REMOVED}"),
    ],
)
def test_only_words_of_findings_about_the_cell_are_taken_out_of_an_answer(taken, told, left):
    finding = {"code": "r", "severity": "error", "remedy": taken, "message": told, "value": taken}
    own = finding | {"region": "62.01.02.2016", "variable": "KEP_001"}
    others = [finding | {"region": "62.01.02.2017"}, own | {"variable": "KEP_002"}]
    answer = {"stored": True, "content_hash": "a-r", "findings": [finding, own, *others]}
    found = without(answer, [taken], region="62.01.02.2016", cell=CELL)
    cleaned_ = {"message": left, "value": REMOVED}
    assert found == {**answer, "findings": [finding | cleaned_, own | cleaned_, *others]}


def test_answers_to_files_of_others_stay_as_they_were():
    save(said("r"))
    told = {
        "code": "CELL_LOCKED",
        "severity": "error",
        "message": "Sel r terkunci.",
        "value": "r",
        "region": "62.01.02.2017",
        "variable": "KEP_001",
    }
    named = {"account_id": uuid4(), "format": "csv", "is_paper": False, "all_or_nothing": False}
    for one in (told, told | {"region": PEOPLE.region}):
        models.HandedFile.objects.create(id=uuid4(), trial={"findings": [one]}, made_at=NOW, **named)
    decide(ask(scope=Scope.ALL))
    messages = sorted(row.trial["findings"][0]["message"] for row in models.HandedFile.objects.all())
    assert messages == ["Sel [dihapus] terkunci.", "Sel r terkunci."]
    assert {row.trial["findings"][0]["severity"] for row in models.HandedFile.objects.all()} == {"error"}


def test_one_person_alone_takes_nothing_out():
    save(said(SAID))
    own = person("verifikator-kecamatan", number=12)
    one = ask(actor=own)
    assert code(decide(one, actor=own)) == "REDACTION_SAME_PERSON"
    assert NIK in everything()
    assert not decide(one, actor=own, is_confirmed=False).is_done
    assert queries.redactions(ASKER, PEOPLE)[0].decided.name == "Contoh verifikator-kecamatan"
    assert code(decide(one)) == "REDACTION_DECIDED"


def test_who_decided_and_says_it_again_is_told_the_same():
    save(said(SAID))
    one = ask()
    first, again = decide(one), decide(one)
    assert (again.is_done, again.digest, again.revision) == (True, first.digest, 2)
    assert code(decide(one, is_confirmed=False)) == "REDACTION_DECIDED"
    assert audited() == []


def test_only_who_may_asks_and_decides():
    save(said(SAID))
    one = ask()
    for act in (
        lambda: decide(one, actor=HEAD),
        lambda: decide(one, actor=HEAD, is_confirmed=False),
        lambda: decide(one, actor=person("verifikator-kecamatan", under="62.03.01", number=12)),
        lambda: ask(actor=person("operator-desa", under="62.01.03.2001", number=12)),
        lambda: queries.redactions(person("operator-desa", under="62.01.03.2001", number=12), PEOPLE),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert NIK in everything()


@pytest.mark.parametrize(
    ("named", "code_"),
    [
        ({"reason": ""}, "REDACTION_REASON"),
        ({"reason": f"hapus {NIK}"}, "REDACTION_REASON"),
        ({"cell": Key("", "KEP_002", "_T")}, "REDACTION_NOTHING"),
        ({"cell": Key("", "KEP_999", "_T")}, "REDACTION_GONE"),
    ],
)
def test_what_cannot_be_asked_is_told(named, code_):
    save(said(SAID), ("KEP_002", "60"))
    assert code(ask(**named)) == code_


def test_a_request_of_another_form_is_not_found():
    save(said(SAID))
    other = SubmissionKey("KEP_TRIWULAN", PEOPLE.region, "2026-Q1")
    found = services.decide_redaction(VERIFIER, key=other, request=ask().id, is_confirmed=True, now=NOW)
    assert code(found) == "REDACTION_GONE"
    assert NIK in everything()


def test_a_request_is_made_once():
    save(said(SAID))
    one = uuid4()
    first, again = ask(request=one), ask(request=one)
    assert isinstance(first, Redaction)
    assert first.id == again.id
    assert code(ask()) == "REDACTION_OPEN"
    assert [one.redaction.id for one in queries.redactions_waiting(VERIFIER)] == [first.id]
    assert queries.redactions_waiting(ASKER) == ()
    decide(first)
    assert queries.redactions_waiting(VERIFIER) == ()
    assert queries.personal_cells(ASKER, PEOPLE) == ()


@pytest.mark.parametrize(
    "named",
    [
        {"cell": Key("", "KEP_002", "_T")},
        {"scope": Scope.ALL},
        {"reason": "alasan lain"},
        {"actor": person("operator-desa", number=12)},
        {"key": SubmissionKey("KEP_SEMESTER", PEOPLE.region, "2025-S2")},
    ],
)
def test_another_request_under_the_same_number_is_refused(named):
    save(said(SAID), said(SAID, "KEP_002", "60"))
    save(said(SAID), key=SubmissionKey("KEP_SEMESTER", PEOPLE.region, "2025-S2"))
    first = ask(request=uuid4())
    assert code(ask(request=first.id, **named)) == "MESSAGE_REUSED"
    assert ask(request=first.id) == first
    assert models.RedactionRequest.objects.count() == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_the_number_of_a_request_may_be_that_of_a_save(is_first):
    number = uuid4()
    if is_first:
        keep(said(SAID), number)
        one = ask(request=number)
    else:
        save(said(SAID))
        one = ask(request=number)
        keep(said(f"{SAID} lagi"), number)
    assert decide(one).is_done
    assert NIK not in everything()
    assert audited() == []


def once(act):
    """Let something be done by another request as the next transaction that writes begins."""
    left = [act]

    def wrapper(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and left:
            left.pop()()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


FILE = (
    "form,region,period,row,variable,breakdown,state,value,explanation\n"
    f'KEP_SEMESTER,{PEOPLE.region},2026-S1,,KEP_001,,,100,"{SAID}"\n'
    f"KEP_SEMESTER,{PEOPLE.region},2026-S1,,KEP_002,,,60,\n"
).encode()


def test_a_file_under_way_does_not_bring_back_what_is_taken_out():
    save(said(SAID))
    one = ask()
    with once(lambda: decide(one)):
        told, is_repeated = services.import_file(OPERATOR, handing=Handing(FILE), message_id=uuid4(), now=NOW)
    assert not is_repeated
    assert (told["created"], told["updated"], told["rejected"]) == (1, 0, 1)
    assert [finding["code"] for finding in told["findings"]] == ["CELL_REDACTED"]
    assert queries.filled(ASKER, PEOPLE).state.revision == 3
    assert NIK not in everything()
    assert audited() == []
    services.import_file(OPERATOR, handing=Handing(FILE), message_id=uuid4(), now=NOW)
    assert NIK in everything(), "what somebody sends afterwards is a save like any other"


def test_a_file_under_way_that_stores_nothing_does_not_tell_what_is_taken_out():
    key, row = SubmissionKey("SOS_TAHUNAN", PEOPLE.region, "2026"), str(uuid4())
    save(Given("lembaga", "ada", row=row), Given("LBG_002", SAID, row=row), key=key)
    one = ask(cell=Key(row, "LBG_002", "_T"), key=key)
    line = f'SOS_TAHUNAN,{PEOPLE.region},2026,{row},LBG_002,,,"{SAID}",\n'.encode()
    twice = FILE.splitlines(keepends=True)[0] + line + line.replace(b"Contoh", b"Lain")

    def taken_out():
        assert services.decide_redaction(
            VERIFIER, key=key, request=one.id, is_confirmed=True, now=NOW
        ).is_done

    with once(taken_out):
        told, _ = services.import_file(OPERATOR, handing=Handing(twice), message_id=uuid4(), now=NOW)
    assert (told["rejected"], told["stored"]) == (2, False)
    assert NIK not in everything()


def test_a_file_that_was_tried_is_not_stored_once_something_is_taken_out():
    save(said(SAID))
    one, file = ask(), uuid4()
    assert services.hand_in(OPERATOR, handing=Handing(FILE), id=file, now=NOW).has_content
    with once(lambda: decide(one)):
        found = services.store_handed(OPERATOR, id=file, now=NOW)
    assert code(found) == "FILE_GONE"
    assert queries.filled(ASKER, PEOPLE).state.revision == 2
    assert NIK not in everything()
    assert audited() == []


def keep(cell, number):
    held = queries.filled(ASKER, PEOPLE)
    one = services.Save(PEOPLE, held.state.revision if held else 0, number, Source.API, [cell])
    assert services.save_cells(ASKER, save=one, now=NOW).account.is_stored


def test_cells_that_look_personal_are_found():
    save(said(SAID), ("KEP_002", "60"))
    ((key, _, what),) = queries.personal_cells(ASKER, PEOPLE)
    assert (key, what) == (CELL, "NIK")


def test_the_database_still_refuses_to_change_the_past():
    save(said(SAID))
    decide(ask())
    for words in (
        "UPDATE collection_change SET explanation = 'x'",
        "UPDATE collection_change SET value = 'x'",
        "UPDATE collection_change SET state = 'nilai'",
        "UPDATE collection_change SET explanation = 'x', revision = 9",
        "UPDATE collection_message SET answer = '{}'",
        "UPDATE collection_message SET digest = 'x'",
        "UPDATE collection_redactiondecision SET contents = '[]'",
        "DELETE FROM collection_redactionrequest",
        "DELETE FROM collection_change",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    assert models.Redacting.objects.count() == 0


def tamper(words):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(words)


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE collection_change SET explanation = 'lain' WHERE revision = 1",
        "UPDATE collection_change SET value = '7' WHERE revision = 1",
        "UPDATE collection_redactiondecision SET contents = '[]'",
        "UPDATE collection_redactiondecision SET actor_name = 'lain'",
        "UPDATE collection_redactionrequest SET reason = 'lain'",
        "UPDATE collection_redactiondecision SET record_id = NULL",
        "DELETE FROM collection_redactiondecision",
        "UPDATE collection_revision SET reason = 'lain' WHERE source = 'redaction'",
        "DELETE FROM collection_revision WHERE source = 'redaction'",
    ],
)
def test_the_audit_finds_tampering_with_a_redaction(words):
    save(said(SAID))
    if "DELETE FROM collection_revision" in words:
        decide(ask())
        tamper("DELETE FROM collection_redactiondecision")
        tamper(words)
    else:
        decide(ask())
        assert audited() == []
        tamper(words)
    assert audited() != []


def test_a_device_that_has_the_old_revision_sends_on():
    save(said(SAID))
    decide(ask())
    one = services.Save(PEOPLE, 1, uuid4(), Source.OFFLINE, [Given("KEP_002", "60")])
    done = services.save_cells(ASKER, save=one, now=NOW)
    assert done.account.created == 1
    assert audited() == []
