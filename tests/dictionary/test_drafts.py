"""Drafts: nothing typed is lost, only the author changes one, others' saves are joined, a save closes it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from sidara.dictionary import queries, services
from sidara.dictionary.core import DraftState, Thing
from sidara.dictionary.core.drafts import Clash, Put, met, placed
from sidara.kernel.actor import OPERATOR, PUBLIC, Actor, Area, Grant, NotAllowed
from tests.dictionary.conftest import NOW, clock, edited, save

EDIT = "dictionary.edit"
SMALL = Path(__file__).parent / "cases" / "small.yaml"


@pytest.fixture
def small(db):
    """A small dictionary as revision 1."""
    files = [(SMALL.name, SMALL.read_bytes())]
    account = services.load(OPERATOR, clock=clock, files=files)
    assert account.is_stored, account.findings
    return account


def walidata(number=7, *, sectors=(), under=(), everywhere=True):
    """Somebody who holds the right to edit by one grant."""
    area = Area(under=under, is_everywhere=everywhere)
    grant = Grant("g", "walidata", frozenset({EDIT}), area, frozenset(sectors))
    return Actor(UUID(int=number), f"Contoh {number}", "walidata", PUBLIC.operations, (grant,))


SITI, BUDI = walidata(7), walidata(8)


def opened(actor=SITI, title="Rancangan uji"):
    return services.open_draft(actor, title=title, clock=clock).draft.id


def put(draft, changes, actor=SITI):
    for (kind, code), body in changes.items():
        done = services.put_entry(actor, draft_id=draft, kind=kind, code=code, body=body, clock=clock)
    return done


def codes(review):
    return [one.code for one in review.findings]


@pytest.mark.django_db
def test_a_draft_keeps_what_is_typed_and_becomes_one_save(small):
    draft = opened()
    put(draft, edited("KEP_001", question="Berapa jiwa?"))
    put(draft, edited("KEP_002", name="Laki-laki"))
    found = queries.review(SITI, draft)
    assert [(one.code, [key.key for key in one.keys]) for one in found.differences] == [
        ("KEP_001", ["question"]),
        ("KEP_002", ["name"]),
    ]
    assert [(one.form, one.before, one.after) for one in found.moves] == [("KEP_TAHUNAN", 1, 2)]
    assert (found.findings, found.met, found.is_ready) == ((), (), True)
    assert queries.dictionary(SITI).revision == 1, "a draft changes nothing"
    done = services.publish_draft(SITI, draft_id=draft, reason="kalimat lebih jelas", clock=clock)
    assert (done.is_stored, done.updated, done.revision) == (True, 2, 2)
    held = queries.draft(SITI, draft)
    assert (held.state, held.published, held.is_open) == (DraftState.PUBLISHED, 2, False)
    assert queries.saved(SITI, 2).actor_name == "Contoh 7"
    with pytest.raises(NotAllowed):
        put(draft, edited("KEP_001", question="Lagi?"))


@pytest.mark.django_db
def test_a_half_filled_entry_stays_as_it_was_typed(small):
    draft = opened()
    body = {"code": "KEP_001", "name": "Penduduk", "decimals": "dua", "range": {"minimum": "nol"}}
    put(draft, {(Thing.VARIABLE, "KEP_001"): body})
    assert queries.draft(SITI, draft).put(Thing.VARIABLE, "KEP_001").body == body
    found = queries.review(SITI, draft)
    own = {one.place.column: one.code for one in found.findings if one.place.file == "KEP_001"}
    assert own["decimals"] == own["range minimum"] == "VALUE_FORM"
    assert own["question"] == "KEY_MISSING"
    assert {one.place.sheet for one in found.findings} == {"variable"}
    done = services.publish_draft(SITI, draft_id=draft, reason="uji", clock=clock)
    assert not done.is_stored
    assert queries.draft(SITI, draft).is_open


@pytest.mark.django_db
def test_an_empty_field_hides_no_other_fault(small):
    draft = opened()
    ((key, body),) = edited("KEP_002", relevance="KEP-001 > 1").items()
    put(draft, {key: {name: value for name, value in body.items() if name != "question"}})
    found = queries.review(SITI, draft)
    told = {(one.code, one.place.file, one.place.column) for one in found.findings}
    assert told == {("KEY_MISSING", "KEP_002", "question"), ("HYPHEN_IN_NAME", "KEP_002", "relevance")}
    assert (found.differences, found.is_ready) == ((), False)


@pytest.mark.django_db
def test_a_fault_of_an_expression_tells_whose_it_is(small):
    draft = opened()
    put(draft, edited("KEP_002", relevance="KEP-001 > 1"))
    (found,) = queries.review(SITI, draft).findings
    assert (found.code, found.place.file, found.place.column) == ("HYPHEN_IN_NAME", "KEP_002", "relevance")


@pytest.mark.django_db
def test_what_is_taken_out_is_told_at_those_who_read_it(small):
    draft = opened()
    put(draft, {(Thing.VARIABLE, "KEP_002"): None})
    found = queries.review(SITI, draft)
    assert [one.verdict for one in found.differences] == ["rejected"]
    assert "KEP_002" not in {one.place.file for one in found.findings}
    assert {"UNKNOWN_NAME"} <= set(codes(found))
    services.drop_entry(SITI, draft_id=draft, kind=Thing.VARIABLE, code="KEP_002", clock=clock)
    assert queries.review(SITI, draft).differences == ()


@pytest.mark.django_db
def test_a_new_entry_goes_by_its_code_as_soon_as_it_has_one(small):
    draft = opened()
    first = put(draft, {(Thing.UNIT, ""): {"code": ""}}).put
    assert (first.code, codes(queries.review(SITI, draft))) == ("baru-1", ["CODE_MISSING"])
    second = put(draft, {(Thing.UNIT, ""): {"code": "orang"}}).put
    assert second.code == "baru-2", "a code of the dictionary is not taken"
    assert codes(queries.review(SITI, draft)) == ["CODE_MISSING", "CODE_TWICE"]
    assert put(draft, {(Thing.UNIT, "baru-1"): {"code": "keramba"}}).put.code == "keramba"
    assert put(draft, {(Thing.UNIT, "baru-2"): {"code": "keramba"}}).put.code == "baru-2"
    assert put(draft, {(Thing.UNIT, "baru-2"): {"code": "perahu"}}).put.code == "perahu"
    assert [one.code for one in queries.draft(SITI, draft).puts] == ["keramba", "perahu"]
    assert queries.review(SITI, draft).is_ready
    put(draft, {(Thing.UNIT, "orang"): {"code": "jiwa"}})
    assert codes(queries.review(SITI, draft))[0] == "CODE_STAYS"


@pytest.mark.django_db
def test_only_the_author_changes_a_draft_another_one_copies_it(small):
    draft = opened()
    put(draft, edited("KEP_001", name="Jiwa"))
    for change in (
        lambda: put(draft, edited("KEP_001", name="Warga"), BUDI),
        lambda: services.discard_draft(BUDI, draft_id=draft, clock=clock),
        lambda: services.publish_draft(BUDI, draft_id=draft, reason="uji", clock=clock),
        lambda: services.rebase_draft(BUDI, draft_id=draft, theirs=(), clock=clock),
        lambda: services.drop_entry(BUDI, draft_id=draft, kind=Thing.VARIABLE, code="KEP_001", clock=clock),
        lambda: services.put_form(BUDI, draft_id=draft, content=b"", file_name="x.xlsx", clock=clock),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert [one.id for one in queries.drafts(BUDI)] == [draft]
    copied = services.copy_draft(BUDI, draft_id=draft, clock=clock).draft
    assert (copied.author_id, copied.changes) == (BUDI.id, queries.draft(SITI, draft).changes)
    put(copied.id, edited("KEP_001", name="Warga"), BUDI)
    assert queries.draft(SITI, draft).puts[0].name == "Jiwa"


@pytest.mark.django_db
def test_a_discarded_draft_comes_back(small):
    draft = opened()
    put(draft, edited("KEP_001", name="Jiwa"))
    assert services.discard_draft(SITI, draft_id=draft, clock=clock).draft.state is DraftState.DISCARDED
    back = services.reopen_draft(SITI, draft_id=draft, clock=clock).draft
    assert (back.is_open, back.puts[0].name) == (True, "Jiwa")
    with pytest.raises(NotAllowed):
        services.reopen_draft(SITI, draft_id=draft, clock=clock)


@pytest.mark.django_db
def test_somebody_elses_save_loses_nothing(small):
    draft = opened()
    put(draft, edited("KEP_001", name="Jiwa", question="Berapa jiwa?"))
    put(draft, edited("KEP_002", name="Lelaki"))
    save(edited("KEP_001", name="Warga", example="Ada 3 orang: isi 3."), actor=BUDI)
    done = services.publish_draft(SITI, draft_id=draft, reason="uji", clock=clock)
    assert [one.code for one in done.findings] == ["REVISION_MOVED"]
    found = queries.review(SITI, draft)
    assert not found.is_ready
    (one,) = found.met
    assert (one.put.code, one.revision, one.taken) == ("KEP_001", 2, ("example",))
    assert [(clash.key, clash.ours, clash.theirs) for clash in one.clashes] == [("name", "Jiwa", "Warga")]
    services.rebase_draft(SITI, draft_id=draft, theirs={(Thing.VARIABLE, "KEP_001", "name")}, clock=clock)
    assert queries.review(SITI, draft).is_ready
    assert services.publish_draft(SITI, draft_id=draft, reason="uji", clock=clock).is_stored
    now = queries.dictionary(SITI).variables["KEP_001"]
    assert (now.name, now.question, now.example) == ("Warga", "Berapa jiwa?", "Ada 3 orang: isi 3.")
    assert queries.dictionary(SITI).variables["KEP_002"].name == "Lelaki"


@pytest.mark.django_db
def test_own_words_win_unless_theirs_are_chosen(small):
    draft = opened()
    put(draft, edited("KEP_001", name="Jiwa"))
    save(edited("KEP_001", name="Warga"), actor=BUDI)
    services.rebase_draft(SITI, draft_id=draft, theirs=(), clock=clock)
    assert services.publish_draft(SITI, draft_id=draft, reason="uji", clock=clock).is_stored
    assert queries.dictionary(SITI).variables["KEP_001"].name == "Jiwa"


@pytest.mark.django_db
def test_an_entry_put_later_is_held_against_the_revision_then_seen(small):
    draft = opened()
    save(edited("KEP_001", name="Warga"), actor=BUDI)
    put(draft, edited("KEP_001", question="Berapa warga?"))
    assert queries.review(SITI, draft).met == ()
    assert services.publish_draft(SITI, draft_id=draft, reason="uji", clock=clock).is_stored
    assert queries.dictionary(SITI).variables["KEP_001"].name == "Warga"


@pytest.mark.django_db
def test_a_save_needs_a_reason(small):
    draft = opened()
    put(draft, edited("KEP_001", name="Jiwa"))
    done = services.publish_draft(SITI, draft_id=draft, reason=" ", clock=clock)
    assert ([one.code for one in done.findings], done.is_stored) == (["REASON_MISSING"], False)


@pytest.mark.django_db
def test_a_sector_bounds_what_is_edited(small):
    health = walidata(9, sectors=("PEM",))
    draft = opened(health)
    put(draft, edited("PEM_001", name="Kader"), health)
    put(draft, edited("PEM_TAHUNAN", Thing.FORM, hint="Isi tiap tanggal 5."), health)
    (one,) = edited("PEM_001").values()
    for changes in (
        edited("KEP_001", name="Jiwa"),
        edited("KEP_TAHUNAN", Thing.FORM, hint="x"),
        edited("JK", Thing.CLASSIFICATION, name="Kelamin"),
        {(Thing.VARIABLE, "PEM_001"): {**one, "code": "KEP_999"}},
        {(Thing.UNIT, ""): {"code": "perahu"}},
    ):
        with pytest.raises(NotAllowed):
            put(draft, changes, health)
        with pytest.raises(NotAllowed):
            save(changes, actor=health)
    assert services.publish_draft(health, draft_id=draft, reason="uji", clock=clock).updated == 2


@pytest.mark.django_db
def test_what_is_not_yours_in_a_copied_draft_is_told(small):
    draft = opened()
    put(draft, edited("KEP_001", name="Jiwa"))
    health = walidata(9, sectors=("PEM",))
    copied = services.copy_draft(health, draft_id=draft, clock=clock).draft.id
    assert codes(queries.review(health, copied)) == ["ENTRY_NOT_YOURS"]
    with pytest.raises(NotAllowed):
        services.publish_draft(health, draft_id=copied, reason="uji", clock=clock)


@pytest.mark.django_db
def test_nobody_else_sees_drafts(small):
    draft = opened()
    nobody = replace(PUBLIC, id=UUID(int=5))
    for look in (
        queries.drafts,
        lambda one: queries.draft(one, draft),
        lambda one: queries.review(one, draft),
    ):
        with pytest.raises(NotAllowed):
            look(nobody)
    with pytest.raises(NotAllowed):
        services.open_draft(nobody, title="", clock=clock)
    assert queries.review(SITI, UUID(int=1)) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("small")
def test_an_xlsform_goes_into_a_draft():
    draft = opened()
    content = queries.xlsform(OPERATOR, "KEP_TAHUNAN")
    same = services.put_form(SITI, draft_id=draft, content=content, file_name="KEP.xlsx", clock=clock)
    assert queries.review(SITI, draft).differences == ()
    assert same.findings == ()
    wrong = services.put_form(SITI, draft_id=draft, content=b"PK", file_name="KEP.xlsx", clock=clock)
    assert wrong.findings
    assert wrong.findings[0].place.file == "KEP.xlsx"


@pytest.mark.django_db
def test_a_draft_exports_its_form_as_it_would_be_asked(small):
    draft = opened()
    put(draft, edited("KEP_001", question="Berapa jiwa?"))
    content = queries.review(SITI, draft).xlsform("KEP_TAHUNAN")
    other = opened(title="Kembali")
    services.put_form(SITI, draft_id=other, content=content, file_name="KEP.xlsx", clock=clock)
    found = queries.review(SITI, other)
    assert [(one.code, [key.key for key in one.keys]) for one in found.differences] == [
        ("KEP_001", ["question"])
    ]
    assert queries.review(SITI, draft).xlsform("TIDAK_ADA") is None


@pytest.mark.django_db
@pytest.mark.parametrize(("everywhere", "under", "may"), [(True, (), True), (False, ("62.01",), False)])
def test_the_right_reaches_every_province_of_the_register(small, everywhere, under, may):
    actor = walidata(everywhere=everywhere, under=under)
    assert queries.may_edit(actor) is may


def test_values_meet_key_by_key():
    base = {"code": "X", "name": "a", "note": "n", "unit": "u"}
    ours = Put(Thing.UNIT, "X", {**base, "name": "b", "unit": "same"}, 1)
    theirs = {"code": "X", "name": "c", "unit": "same", "example": "e"}
    found = met(ours, base, theirs, 2)
    assert found.body == {"code": "X", "name": "b", "unit": "same", "example": "e"}
    assert found.taken == ("note", "example")
    assert found.clashes == (Clash("name", "a", "b", "c"),)
    assert found.chosen(frozenset()) == (found.body, True)
    assert found.chosen(frozenset({(Thing.UNIT, "X", "name")})) == (
        {"code": "X", "name": "c", "unit": "same", "example": "e"},
        False,
    )


@pytest.mark.parametrize(
    ("ours", "base", "theirs", "clashing"),
    [
        (None, {"code": "X"}, {"code": "X", "name": "n"}, True),
        ({"code": "X", "name": "n"}, {"code": "X"}, None, True),
        (None, {"code": "X"}, None, False),
        ({"code": "X"}, None, {"code": "X", "name": "n"}, True),
    ],
)
def test_an_entry_taken_out_clashes_as_a_whole(ours, base, theirs, clashing):
    found = met(Put(Thing.UNIT, "X", ours, 1), base, theirs, 2)
    assert [one.key for one in found.clashes] == ([""] if clashing else [])
    assert found.chosen(frozenset({(Thing.UNIT, "X", "")})) == (theirs, False)
    assert found.chosen(frozenset()) == (ours, True)


def test_an_entry_keeps_its_place_in_the_draft():
    one, two = Put(Thing.UNIT, "a", {"code": "a"}, 1), Put(Thing.UNIT, "b", {"code": "b"}, 1)
    puts, made = placed((one, two), replace(one, body={"code": "c"}), ())
    assert ([put.code for put in puts], made.code) == (["c", "b"], "c")


@pytest.mark.django_db
def test_the_newest_draft_comes_first(small):
    later = lambda: NOW + timedelta(hours=1)  # noqa: E731
    first = opened()
    second = services.open_draft(SITI, title="", clock=later).draft
    assert second.title == "Rancangan 24 November 2026"
    assert [one.id for one in queries.drafts(SITI)] == [second.id, first]
