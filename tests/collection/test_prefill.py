"""Prefill: sources offer, disagreeing ones side by side; a person takes; cells keep where they came from."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import polars as pl
import pytest
from django.db import IntegrityError, connection, transaction

from sidara.collection import core, models, queries, services
from sidara.collection.core.answering import Given
from sidara.collection.core.bulk import GivenCell, Incoming
from sidara.collection.core.prefill import Kind, Origin, agreed, mapped, mapping_of
from sidara.collection.core.submission import Content, Key, Source, SubmissionKey
from sidara.collection.formats import declarations
from sidara.kernel.actor import OPERATOR, NotAllowed
from sidara.kernel.cell import State
from sidara.kernel.finding import Place
from sidara.regions import queries as regions
from sidara.regions import services as examples
from tests.copied import shipped
from tests.verification.conftest import NOW, PEOPLE, VILLAGE, person, register, save, send

__all__ = ["register"]
BEFORE = SubmissionKey("KEP_SEMESTER", VILLAGE, "2025-S2")
CELL = Key("", "KEP_001", "_T")
ACTOR = person("operator-desa")
LAST = "period:KEP_SEMESTER@2025-S2"
DATASET, MADE_UP = "external:penduduk-contoh", "simulated:penduduk-contoh"
FROM_DATASET, FROM_MADE_UP = (f"dataset:{one}@2025" for one in (DATASET, MADE_UP))
EXAMPLE = SubmissionKey("KEP_SEMESTER", "62.01.02.9019", "2026-S1")


@pytest.fixture(autouse=True)
def content(register):
    shipped(lambda: NOW)


@pytest.fixture
def published(monkeypatch):
    """Let the example mapping read a data set that others published."""
    known = tuple(replace(one, code=DATASET) for one in declarations.prefills())
    monkeypatch.setattr(declarations, "prefills", lambda: known)


def put(code=DATASET, village=VILLAGE, **values):
    """Put the data set of the example mapping for a village."""
    dataset = core.DataSet(
        code=code,
        title="penduduk contoh",
        source="contoh",
        url="",
        definition="",
        licence="tidak dinyatakan",
        retrieved_date=date(2026, 6, 1),
        code_scheme="kemendagri",
        measure="actual",
        is_simulated=code == MADE_UP,
    )
    names = ("PENDUDUK", "LAKI_LAKI", "PEREMPUAN")
    variables = [
        core.Variable(code=one, label=one, type=core.ValueType.NUMBER, decimals=0, unit="orang")
        for one in names
    ]
    place = regions.resolve(OPERATOR, village)
    cells = pl.DataFrame(
        [
            {"region_id": place.id, "period": "2025", "variable": code, "value": text}
            for code, text in values.items()
        ]
    )
    assert not services.put_cells(
        OPERATOR, dataset=dataset, variables=variables, cells=cells, now=NOW
    ).is_refused


def offered(actor=ACTOR, key=PEOPLE):
    return {one.key.variable: one for one in queries.suggestions(actor, key) if one.key.breakdown == "_T"}


def take(*chosen, message=None, base=0, actor=ACTOR, key=PEOPLE):
    return services.prefill_cells(
        actor, key=key, base=base, chosen=chosen, message_id=message or uuid4(), now=NOW
    )


def held():
    found = queries.filled(ACTOR, PEOPLE)
    return {key.variable: one.content for key, one in found.state.cells.items()} if found else {}


def test_last_period_offers_what_still_stands():
    assert queries.suggestions(ACTOR, PEOPLE) == ()
    save(("KEP_001", "100"), ("KEP_002", "60"), key=BEFORE)
    found = offered()
    assert set(found) == {"KEP_001", "KEP_002"}
    (offer,) = found["KEP_001"].offers
    assert (offer.content.value, offer.origin.words) == ("100", "dari periode 2025-S2")
    assert held() == {}, "nothing is taken by itself"


def test_what_is_taken_keeps_where_it_came_from_until_somebody_changes_it():
    save(("KEP_001", "100"), ("KEP_002", "60"), key=BEFORE)
    saved = take((CELL, LAST), (Key("", "KEP_002", "_T"), LAST))
    assert (saved.account.created, saved.revision) == (2, 1)
    assert held()["KEP_001"] == Content(State.VALUE, "100")
    assert queries.provenance(ACTOR, PEOPLE)[CELL] == "dari periode 2025-S2"
    step = queries.cell_history(ACTOR, PEOPLE, CELL)[0]
    assert (step.source, step.reason) == (Source.PREFILL, "dari periode 2025-S2")
    assert offered() == {}, "what is stored is not offered"
    save(("KEP_001", "101"))
    assert set(queries.provenance(ACTOR, PEOPLE)) == {Key("", "KEP_002", "_T")}
    assert list(queries.audit(OPERATOR)) == []


def test_sources_that_disagree_stand_side_by_side_and_are_not_taken_together(published):
    save(("KEP_001", "100"), ("KEP_002", "60"), key=BEFORE)
    put(PENDUDUK="105", LAKI_LAKI="60", PEREMPUAN="45")
    found = offered()
    assert [one.content.value for one in found["KEP_001"].offers] == ["100", "105"]
    assert not found["KEP_001"].is_agreed
    assert found["KEP_002"].is_agreed
    assert agreed(queries.suggestions(ACTOR, PEOPLE)) == [
        (Key("", "KEP_002", "_T"), LAST),
        (Key("", "KEP_003", "_T"), FROM_DATASET),
    ]
    take((CELL, FROM_DATASET))
    assert queries.provenance(ACTOR, PEOPLE)[CELL] == (
        "dari penduduk contoh, 2025 (diambil 2026-06-01, lisensi tidak dinyatakan)"
    )
    assert [one.content.value for one in offered()["KEP_001"].offers] == ["100", "105"]


def test_what_is_made_up_is_offered_to_example_villages_only():
    examples.add_examples(OPERATOR, province="62", clock=lambda: NOW)
    own = person("operator-desa", under=EXAMPLE.region)
    for village in (VILLAGE, EXAMPLE.region):
        put(MADE_UP, village, PENDUDUK="105")
    assert offered() == {}
    assert take((CELL, FROM_MADE_UP)).account.created == 0
    assert queries.filled(ACTOR, PEOPLE) is None
    (offer,) = offered(own, EXAMPLE)["KEP_001"].offers
    assert offer.origin.words.startswith("dari SIMULASI: penduduk contoh, 2025")
    assert take((CELL, FROM_MADE_UP), actor=own, key=EXAMPLE).account.created == 1


def test_another_form_of_the_village_offers_by_its_mapping(monkeypatch):
    declared = {
        "name": "uji",
        "title": "uji",
        "from": {"form": "KEP_TRIWULAN"},
        "columns": [{"to": "KEP_001", "from": "KEP_010", "times": "10"}],
    }
    monkeypatch.setattr(declarations, "prefills", lambda: (mapping_of(declared),))
    for period, value in (("2026-Q1", "4"), ("2026-Q2", "5"), ("2026-Q3", "6")):
        save(("KEP_010", value), key=SubmissionKey("KEP_TRIWULAN", VILLAGE, period))
    (offer,) = offered()["KEP_001"].offers
    assert (offer.content.value, offer.origin.reference) == ("50", "form:KEP_TRIWULAN@2026-Q2")
    assert offer.origin.words.startswith("dari formulir ")


def test_a_source_that_a_form_cannot_read_offers_nothing():
    mapping = mapping_of({"name": "x", "title": "x", "from": {"dataset": "external:x"}, "columns": [
        {"to": "KEP_001", "from": "A"},
        {"to": "KEP_002", "from": "B", "times": "1000"},
        {"to": "KEP_003", "from": "C"},
    ]})  # fmt: skip
    cells = {
        ("A", "_T"): Content(State.UNKNOWN),
        ("B", "_T"): Content(State.VALUE, "0.5"),
    }
    origin = Origin(Kind.DATASET, "external:x", "2025", "dari x")
    made = [(key.variable, content.value) for key, content, _ in mapped(mapping, cells, origin)]
    assert made == [("KEP_001", None), ("KEP_002", "500.0")]


def test_the_same_message_takes_once():
    save(("KEP_001", "100"), key=BEFORE)
    message = uuid4()
    first = take((CELL, LAST), message=message)
    again = take((CELL, LAST), message=message, base=0)
    assert first.revision == 1
    assert models.Provenance.objects.count() == 1
    assert again.is_repeated
    assert again.account == first.account
    assert take((CELL, "form:TIDAK@2025"), base=1).account.created == 0
    assert models.Revision.objects.filter(submission__period=PEOPLE.period).count() == 1


def test_only_who_fills_in_takes_and_only_who_reads_sees():
    save(("KEP_001", "100"), key=BEFORE)
    with pytest.raises(NotAllowed):
        take((CELL, LAST), actor=person("kepala-desa"))
    stranger = person("operator-desa", under="62.01.03.2001", number=9)
    for ask in (queries.suggestions, queries.provenance):
        with pytest.raises(NotAllowed):
            ask(stranger, PEOPLE)


def test_what_was_sent_is_offered_nothing():
    save(("KEP_001", "100"), ("KEP_002", "60"), ("KEP_003", "40"), ("KEP_004", "30"), key=BEFORE)
    save(("KEP_001", "110"), ("KEP_002", "60"), ("KEP_003", "50"), ("KEP_004", "30"))
    assert set(offered()) >= {"KEP_001", "KEP_003"}
    assert send().is_done
    assert offered() == {}


def test_where_it_came_from_is_never_changed():
    save(("KEP_001", "100"), key=BEFORE)
    take((CELL, LAST))
    for words in ("UPDATE collection_provenance SET words = 'x'", "DELETE FROM collection_provenance"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)


def test_a_choice_that_is_no_longer_offered_is_told_and_nothing_is_stored_of_it():
    save(("KEP_001", "100"), ("KEP_002", "60"), key=BEFORE)
    other = Key("", "KEP_002", "_T")
    saved = take((CELL, LAST), (other, "form:TIDAK@2025"))
    assert (saved.account.created, saved.account.rejected, saved.account.sent) == (1, 1, 2)
    (told,) = saved.account.findings
    assert (told.code, told.severity) == ("OFFER_GONE", "error")
    assert "KEP_002" in told.message
    assert set(held()) == {"KEP_001"}
    again = take((CELL, LAST), base=1)
    assert (again.account.unchanged, again.account.rejected) == (1, 0), "what is stored already is no loss"


def typed(*cells, base=0, message=None):
    one = services.Save(PEOPLE, base, message or uuid4(), Source.WEB, cells)
    return services.save_cells(ACTOR, save=one, now=NOW)


def test_every_save_may_say_from_where_and_only_what_the_source_says_is_believed():
    save(("KEP_001", "100"), ("KEP_002", "60"), key=BEFORE)
    saved = typed(
        Given("KEP_001", "100", origin=LAST), Given("KEP_002", "61", origin=LAST), Given("KEP_003", "1")
    )
    assert saved.account.created == 3, "nothing is lost over where it came from"
    (told,) = saved.account.findings
    assert (told.code, told.severity, "KEP_002" in told.message) == ("ORIGIN_GONE", "warning", True)
    assert queries.provenance(ACTOR, PEOPLE) == {CELL: "dari periode 2025-S2"}
    assert queries.cell_history(ACTOR, PEOPLE, CELL)[0].reason == "sebagian dari periode 2025-S2"
    assert list(queries.audit(OPERATOR)) == []


def test_the_same_message_with_another_origin_is_another_content():
    save(("KEP_001", "100"), key=BEFORE)
    message = uuid4()
    assert typed(Given("KEP_001", "100", origin=LAST), message=message).account.created == 1
    assert typed(Given("KEP_001", "100", origin=LAST), message=message).is_repeated
    assert [one.code for one in typed(Given("KEP_001", "100"), message=message).account.findings] == [
        "MESSAGE_REUSED"
    ]


def test_cells_of_a_file_keep_where_they_came_from_and_doubts_are_told_at_their_place():
    save(("KEP_001", "100"), ("KEP_002", "60"), key=BEFORE)
    cells = [
        Given("KEP_001", "100", origin=LAST, place=Place(line=7)),
        Given("KEP_002", "60", origin="form:TIDAK@2025", place=Place(line=8)),
        Given("KEP_003", "40", place=Place(line=9)),
    ]
    incoming = Incoming.of((GivenCell(PEOPLE, one) for one in cells), Source.EXCEL)
    dry = services.import_cells(ACTOR, incoming=incoming, now=NOW, is_dry=True)
    done = services.import_cells(ACTOR, incoming=incoming, now=NOW)
    told = [one for one in done.account.findings if one.code == "ORIGIN_GONE"]
    assert [one for one in dry.account.findings if one.code == "ORIGIN_GONE"] == told
    assert [(one.place.line, one.severity) for one in told] == [(8, "warning")]
    assert (done.account.created, done.account.rejected) == (3, 0)
    assert queries.provenance(ACTOR, PEOPLE) == {CELL: "dari periode 2025-S2"}
    assert list(queries.audit(OPERATOR)) == []
