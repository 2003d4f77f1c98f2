"""The chain over revisions: what is said is what is hashed, and every tampering is found and named."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sidara.collection.core.audit import Past, Recorded, Root, faults_of, faults_of_roots
from sidara.collection.core.chain import GENESIS, Leaf, Link, chain_hash, content_hash, root_hash
from sidara.collection.core.submission import Content, Key, Sent, Source, Submission, apply, merge_cells
from sidara.kernel.cell import State
from sidara.kernel.clock import WIB

FORM = "f" * 64
NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)
A, B = Key("", "KEU_001", "_T"), Key("", "KEU_002", "ANGGARAN:A")


def value(text: str) -> Content:
    return Content(State.VALUE, text)


def test_the_content_hash_is_that_of_the_canonical_json_written_by_hand() -> None:
    told = {B: value("7"), A: Content(State.NONE, None, "tidak ada kas")}
    written = (
        '{"cells":[["","KEU_001","_T","tidak_ada",null,"tidak ada kas"],'
        '["","KEU_002","ANGGARAN:A","nilai","7",""]],"form_version":"' + FORM + '"}'
    )
    assert content_hash(FORM, told) == hashlib.sha256(written.encode()).hexdigest()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=3, max_size=3))
def test_contents_are_hashed_as_canonical_json_whatever_their_texts(texts: list[str]) -> None:
    told = {
        Key(texts[0], "KEU_001", texts[1]): Content(State.VALUE, texts[2], texts[0]),
        A: Content(State.NONE, None, texts[1]),
    }
    rows = [
        [key.row, key.variable, key.breakdown, one.state.value, one.value, one.explanation]
        for key, one in sorted(told.items())
    ]
    written = rfc8785.dumps({"cells": rows, "form_version": texts[2]})
    assert content_hash(texts[2], told) == hashlib.sha256(written).hexdigest()


def test_an_empty_cell_says_nothing() -> None:
    assert content_hash(FORM, {A: value("1"), B: Content(State.EMPTY)}) == content_hash(FORM, {A: value("1")})


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, WIB]))  # noqa: DTZ001 - the strategy wants bare ones


@given(
    st.builds(
        Link,
        *(TEXTS, st.integers(0, 2**31), st.integers(0, 2**31), TEXTS, MOMENTS, st.sampled_from(Source)),
        *(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS),
    )
)
def test_a_link_is_hashed_as_canonical_json_whatever_its_texts(link: Link) -> None:
    told: dict[str, str | int] = {
        "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "author": link.author,
        "base": link.base,
        "content": link.content_hash,
        "message": link.message,
        "number": link.number,
        "previous": link.previous,
        "reason": link.reason,
        "source": link.source.value,
        "submission": link.submission,
    }
    if link.redaction:
        told["redaction"] = link.redaction
    assert chain_hash(link) == hashlib.sha256(rfc8785.dumps(told)).hexdigest()


@pytest.mark.parametrize(
    "part", ["submission", "number", "base", "author", "at", "source", "message", "reason"]
)
def test_every_part_of_a_link_is_chained(part: str) -> None:
    link = Link("s", 1, 0, "a", NOW, Source.WEB, "m", "", "c", GENESIS)
    other = {
        "number": 2,
        "base": 1,
        "at": NOW + timedelta(microseconds=1),
        "source": Source.EXCEL,
    }.get(part, "x")
    assert chain_hash(replace(link, **{part: other})) != chain_hash(link)


def test_a_moment_is_chained_the_same_in_whichever_zone_it_comes() -> None:
    """The records give moments back in UTC: a save that told the time of Jakarta must not break the chain."""
    link = Link("s", 1, 0, "a", NOW, Source.WEB, "m", "", "c", GENESIS)
    assert chain_hash(replace(link, at=NOW.astimezone(WIB))) == chain_hash(link)


def recorded() -> Recorded:
    """Four saves of one submission, as the records have them."""
    submission, past, previous = Submission(), list[Past](), GENESIS
    for minute, cells in enumerate(({A: "5", B: "1"}, {B: "2"}, {A: "6"}, {A: "7", B: "3"})):
        sent = [Sent(key, value(text)) for key, text in cells.items()]
        merged = merge_cells(submission, submission.revision, sent)
        submission = apply(submission, merged)
        contents = {key: held.content for key, held in submission.cells.items()}
        link = Link(
            "s-1",
            submission.revision,
            submission.revision - 1,
            "a-1",
            NOW + timedelta(minutes=minute),
            Source.WEB,
            f"m-{minute}",
            "",
            content_hash(FORM, contents),
            previous,
        )
        previous = chain_hash(link)
        past.append(Past(link, previous, FORM, merged.deltas))
    contents = {key: held.content for key, held in submission.cells.items()}
    return Recorded("s-1", "Keuangan 2026-Q1 desa 62.01.01.2001", submission.revision, contents, tuple(past))


def test_what_nobody_touched_has_no_fault() -> None:
    assert list(faults_of(recorded())) == []


def at(one: Recorded, number: int, change: Callable[[Past], Past]) -> Recorded:
    """Change a revision."""
    past = [change(each) if each.link.number == number else each for each in one.past]
    return replace(one, past=tuple(past))


def rechained(one: Recorded, start: int) -> Recorded:
    """Chain all revisions from `start` on again, as a careful forger would."""
    past = list(one.past)
    for index in range(start - 1, len(past)):
        previous = past[index - 1].chain_hash if index else GENESIS
        link = replace(past[index].link, previous=previous)
        past[index] = replace(past[index], link=link, chain_hash=chain_hash(link))
    return replace(one, past=tuple(past))


def relinked(**parts: object) -> Callable[[Past], Past]:
    return lambda past: replace(past, link=replace(past.link, **parts))


def new_content(past: Past) -> Past:
    first, *rest = past.deltas
    return replace(past, deltas=(replace(first, new=value("999")), *rest))


def old_content(past: Past) -> Past:
    first, *rest = past.deltas
    return replace(past, deltas=(replace(first, old=value("999")), *rest))


TAMPERINGS: dict[str, tuple[Callable[[Recorded], Recorded], str]] = {
    "a present value": (lambda one: replace(one, cells={**one.cells, A: value("8")}), "CELL_CHANGED"),
    "a present cell gone": (lambda one: replace(one, cells={B: one.cells[B]}), "CELL_CHANGED"),
    "a cell from nowhere": (
        lambda one: replace(one, cells={**one.cells, Key("", "X", "_T"): value("1")}),
        "CELL_CHANGED",
    ),
    "a present state": (
        lambda one: replace(one, cells={**one.cells, A: Content(State.NONE)}),
        "CELL_CHANGED",
    ),
    "a present explanation": (
        lambda one: replace(one, cells={**one.cells, A: Content(State.VALUE, "7", "betul")}),
        "CELL_CHANGED",
    ),
    "a value of the past": (lambda one: at(one, 3, new_content), "CONTENT_CHANGED"),
    "an old value of the past": (lambda one: at(one, 3, old_content), "REVISION_CHANGED"),
    "a change left out": (lambda one: at(one, 2, lambda past: replace(past, deltas=())), "CONTENT_CHANGED"),
    "an author": (lambda one: at(one, 2, relinked(author="a-2")), "REVISION_CHANGED"),
    "a time": (lambda one: at(one, 2, relinked(at=NOW)), "REVISION_CHANGED"),
    "a door": (lambda one: at(one, 2, relinked(source=Source.API)), "REVISION_CHANGED"),
    "a reason": (lambda one: at(one, 2, relinked(reason="x")), "REVISION_CHANGED"),
    "a message": (lambda one: at(one, 2, relinked(message="x")), "REVISION_CHANGED"),
    "a base": (lambda one: at(one, 3, relinked(base=0)), "REVISION_CHANGED"),
    "a form version": (
        lambda one: at(one, 2, lambda past: replace(past, form_version="0" * 64)),
        "CONTENT_CHANGED",
    ),
    "a content hash, chained again": (
        lambda one: rechained(at(one, 2, relinked(content_hash="0" * 64)), 2),
        "CONTENT_CHANGED",
    ),
    "a revision in the middle": (
        lambda one: replace(one, past=(*one.past[:1], *one.past[2:])),
        "REVISION_MISSING",
    ),
    "the tail": (lambda one: replace(one, past=one.past[:-1]), "REVISION_MISSING"),
    "the first revision": (lambda one: replace(one, past=one.past[1:]), "REVISION_MISSING"),
    "a chain of another submission": (lambda one: replace(one, uid="s-2"), "CHAIN_BROKEN"),
    "a chain cut": (lambda one: at(one, 3, relinked(previous=GENESIS)), "CHAIN_BROKEN"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_is_found(name: str) -> None:
    tamper, code = TAMPERINGS[name]
    found = list(faults_of(tamper(recorded())))
    assert code in [one.code for one in found]
    assert all(one.remedy and "62.01.01.2001" in one.message for one in found)


def nights(one: Recorded) -> tuple[Root, ...]:
    """Roots of two nights: after the second and after the fourth revision."""
    made, previous = [], GENESIS
    for day, number in ((date(2026, 4, 1), 2), (date(2026, 4, 2), 4)):
        leaves = (Leaf(one.uid, number, one.past[number - 1].chain_hash),)
        root = Root(day, previous, root_hash(day, previous, leaves), leaves)
        made.append(root)
        previous = root.root_hash
    return tuple(made)


def heads(*submissions: Recorded) -> dict[tuple[str, int], str]:
    return {(one.uid, past.link.number): past.chain_hash for one in submissions for past in one.past}


def test_roots_of_what_nobody_touched_have_no_fault() -> None:
    assert list(faults_of_roots(nights(recorded()), heads(recorded()))) == []


def test_a_removed_submission_and_a_cut_tail_are_missing_among_the_heads_of_a_night() -> None:
    one = recorded()
    assert {fault.code for fault in faults_of_roots(nights(one), {})} == {"HEAD_MISSING"}
    cut = replace(one, past=one.past[:3], revision=3)
    assert list(faults_of(replace(cut, cells={A: value("6"), B: value("2")}))) == []
    assert [fault.code for fault in faults_of_roots(nights(one), heads(cut))] == ["HEAD_MISSING"]


def test_a_past_that_was_chained_again_by_a_careful_forger_differs_from_the_night() -> None:
    one = recorded()
    forged = rechained(at(one, 2, relinked(author="a-2")), 2)
    assert list(faults_of(forged)) == []
    codes = [fault.code for fault in faults_of_roots(nights(one), heads(forged))]
    assert codes == ["HEAD_CHANGED", "HEAD_CHANGED"]


def test_a_root_that_was_changed_or_left_out_breaks_the_chain_of_nights() -> None:
    one = recorded()
    first, second = nights(one)
    assert [fault.code for fault in faults_of_roots((second,), heads(one))] == ["ROOT_CHANGED"]
    changed = replace(first, leaves=())
    assert [fault.code for fault in faults_of_roots((changed, second), heads(one))] == ["ROOT_CHANGED"]
