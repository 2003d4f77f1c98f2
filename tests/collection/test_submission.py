"""Saves merged cell by cell: every cell one verdict, nothing sent is lost, the same save twice is nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sidara.collection.core import Verdict
from sidara.collection.core.submission import (
    Conflict,
    Content,
    Held,
    Key,
    Sent,
    Submission,
    apply,
    merge_cells,
)
from sidara.kernel.cell import State

A, B, C = (Key("", name, "_T") for name in ("KEU_001", "KEU_002", "PEN_001"))


def value(text: str) -> Content:
    return Content(State.VALUE, text)


def save(submission: Submission, base: int, **cells: str) -> Submission:
    """Save cells named by their variable."""
    return apply(submission, merge_cells(submission, base, sent(**cells)))


def sent(**cells: str) -> list[Sent]:
    return [Sent(Key("", name, "_T"), value(text)) for name, text in cells.items()]


def verdicts(submission: Submission, base: int, **cells: str) -> list[str]:
    return [one.value for one in merge_cells(submission, base, sent(**cells)).verdicts]


def test_a_first_save_creates() -> None:
    assert verdicts(Submission(), 0, KEU_001="5") == ["created"]


def test_a_save_on_the_head_updates_and_leaves_the_rest() -> None:
    first = save(Submission(), 0, KEU_001="5", KEU_002="7")
    assert verdicts(first, 1, KEU_001="6", KEU_002="7") == ["updated", "unchanged"]
    assert save(first, 1, KEU_001="6").cells[B] == Held(value("7"), 1)


def test_zero_and_does_not_exist_are_two_contents() -> None:
    first = save(Submission(), 0, KEU_001="0")
    none = Sent(A, Content(State.NONE))
    assert merge_cells(first, 1, [none]).verdicts == (Verdict.UPDATED,)


def test_an_explanation_alone_is_a_change() -> None:
    first = save(Submission(), 0, KEU_001="5")
    explained = Sent(A, replace(value("5"), explanation="dihitung ulang"))
    assert merge_cells(first, 1, [explained]).verdicts == (Verdict.UPDATED,)


def test_clearing_a_cell_is_an_update_and_filling_it_again_a_creation() -> None:
    first = save(Submission(), 0, KEU_001="5")
    cleared = apply(first, merge_cells(first, 1, [Sent(A, Content(State.EMPTY))]))
    assert cleared.content(A) == Content(State.EMPTY)
    assert verdicts(cleared, 2, KEU_001="5") == ["created"]


def test_different_cells_of_two_devices_meet_without_conflict() -> None:
    first = save(Submission(), 0, KEU_001="5", KEU_002="7")
    one = save(first, 1, KEU_001="6")
    both = save(one, 1, KEU_002="8")
    assert (both.content(A), both.content(B), both.conflicts) == (value("6"), value("8"), {})


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    one = save(save(Submission(), 0, KEU_001="5"), 1, KEU_001="6")
    assert verdicts(one, 1, KEU_001="6") == ["unchanged"]


def test_a_cell_changed_on_both_sides_keeps_both() -> None:
    one = save(save(Submission(), 0, KEU_001="5"), 1, KEU_001="6")
    merged = merge_cells(one, 1, sent(KEU_001="9"))
    assert merged.verdicts == (Verdict.CONFLICTING,)
    assert "tersimpan 6, dikirim 9" in merged.findings[0].message
    both = apply(one, merged)
    assert both.content(A) == value("6")
    assert both.conflicts[A] == Conflict((value("9"),), 3)


def test_who_has_not_seen_the_conflict_cannot_end_it() -> None:
    one = save(save(save(Submission(), 0, KEU_001="5"), 1, KEU_001="6"), 1, KEU_001="9")
    third = save(one, 2, KEU_001="10")
    assert third.conflicts[A].sent == (value("9"), value("10"))
    assert third.content(A) == value("6")


def test_who_has_seen_the_conflict_ends_it_by_saving_either_or_a_third() -> None:
    one = save(save(save(Submission(), 0, KEU_001="5"), 1, KEU_001="6"), 1, KEU_001="9")
    for choice, verdict in (("6", "unchanged"), ("9", "updated"), ("7", "updated")):
        merged = merge_cells(one, 3, sent(KEU_001=choice))
        assert [each.value for each in merged.verdicts] == [verdict]
        ended = apply(one, merged)
        assert ended.conflicts == {}
        assert ended.revision == 4
        assert ended.content(A) == value(choice)


def test_a_locked_cell_stays_and_the_same_content_again_is_no_fault() -> None:
    locked = replace(
        save(Submission(), 0, KEU_001="5", KEU_002="7"), is_locked=True, opened=frozenset({B, C})
    )
    merged = merge_cells(locked, 1, sent(KEU_001="6", KEU_002="8"))
    assert [each.value for each in merged.verdicts] == ["rejected", "updated"]
    assert [each.code for each in merged.findings] == ["CELL_LOCKED"]
    assert verdicts(locked, 1, KEU_001="5") == ["unchanged"]


def test_a_cell_that_stands_twice_is_rejected_unless_it_says_the_same() -> None:
    twice = [*sent(KEU_001="5"), *sent(KEU_001="6"), *sent(KEU_002="7"), *sent(KEU_002="7")]
    merged = merge_cells(Submission(), 0, twice)
    assert [each.value for each in merged.verdicts] == ["rejected", "rejected", "created", "created"]
    assert [delta.key for delta in merged.deltas] == [B]


def test_a_base_that_never_was_refuses_everything() -> None:
    for base in (-1, 1):
        merged = merge_cells(Submission(), base, sent(KEU_001="5"))
        assert merged.verdicts == (Verdict.REJECTED,)
        assert not merged.records
        assert merged.findings[0].code == "BASE_UNKNOWN"


CONTENTS = st.one_of(
    st.sampled_from([Content(State.NONE), Content(State.EMPTY), Content(State.UNKNOWN)]),
    st.sampled_from(["0", "1", "2"]).map(value),
)
SENDS = st.lists(st.builds(Sent, st.sampled_from([A, B, C]), CONTENTS), max_size=6)
HISTORIES = st.lists(st.tuples(st.integers(0, 12), SENDS), max_size=12)


def play(history: list[tuple[int, list[Sent]]]) -> Submission:
    """Save after save, each on some revision that exists by then."""
    submission = Submission()
    for back, cells in history:
        submission = apply(submission, merge_cells(submission, max(0, submission.revision - back), cells))
    return submission


@given(HISTORIES, st.integers(0, 12), SENDS, st.sets(st.sampled_from([A, B, C])))
def test_every_cell_sent_has_exactly_one_verdict(
    history: list[tuple[int, list[Sent]]], back: int, cells: list[Sent], locked: set[Key]
) -> None:
    submission = replace(play(history), is_locked=True, opened=frozenset({A, B, C} - locked))
    merged = merge_cells(submission, max(0, submission.revision - back), cells)
    assert sum(merged.counts().values()) == len(cells)
    rejected = merged.verdicts.count(Verdict.REJECTED)
    assert sum(one.code in {"CELL_LOCKED", "CELL_TWICE"} for one in merged.findings) == rejected


@given(HISTORIES, st.integers(0, 12), SENDS)
def test_the_same_save_twice_is_nothing_new(
    history: list[tuple[int, list[Sent]]], back: int, cells: list[Sent]
) -> None:
    submission = play(history)
    base = max(0, submission.revision - back)
    once = apply(submission, merge_cells(submission, base, cells))
    again = merge_cells(once, base, cells)
    assert not again.records
    assert apply(once, again) == once
    assert not {Verdict.CREATED, Verdict.UPDATED} & set(again.verdicts)


@given(HISTORIES, st.integers(0, 12), SENDS)
def test_nothing_that_was_sent_is_lost(
    history: list[tuple[int, list[Sent]]], back: int, cells: list[Sent]
) -> None:
    submission = play(history)
    merged = merge_cells(submission, max(0, submission.revision - back), cells)
    after = apply(submission, merged)
    for one, verdict in zip(cells, merged.verdicts, strict=True):
        if verdict is Verdict.CONFLICTING:
            assert one.content in after.conflicts[one.key].sent
            assert after.content(one.key) == submission.content(one.key)
        elif verdict is not Verdict.REJECTED:
            assert after.content(one.key) == one.content


@given(HISTORIES, SENDS, SENDS)
def test_saves_of_different_cells_meet_in_any_order(
    history: list[tuple[int, list[Sent]]], left: list[Sent], right: list[Sent]
) -> None:
    submission = play(history)
    base = submission.revision
    right = [one for one in right if one.key not in {other.key for other in left}]
    ways = [
        apply(half, merge_cells(half, base, second))
        for first, second in ((left, right), (right, left))
        for half in [apply(submission, merge_cells(submission, base, first))]
    ]
    assert {key: ways[0].content(key) for key in (A, B, C)} == {
        key: ways[1].content(key) for key in (A, B, C)
    }


@given(HISTORIES)
def test_the_deltas_of_all_revisions_give_the_cells_back(history: list[tuple[int, list[Sent]]]) -> None:
    submission, replayed = Submission(), dict[Key, Content]()
    for back, cells in history:
        merged = merge_cells(submission, max(0, submission.revision - back), cells)
        for delta in merged.deltas:
            assert replayed.get(delta.key, Content(State.EMPTY)) == delta.old
            replayed[delta.key] = delta.new
        submission = apply(submission, merged)
    assert replayed == {key: held.content for key, held in submission.cells.items()}
