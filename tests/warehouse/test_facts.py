"""Folding a change log: equal to a plain replay, and to itself under any cut."""

import itertools
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.collection.core import ValueType, Variable
from sidara.collection.core.dataset import Choice
from sidara.warehouse.core import FACTS, facts_of, fold
from sidara.warehouse.core.facts import decimals
from tests.warehouse.log import START, VARIABLES, Log, in_each

change = st.fixed_dictionaries(
    {
        "region_id": st.integers(1, 3),
        "period": st.sampled_from(["2023", "2024"]),
        "variable": st.sampled_from(["IDM.IDM", "IDM.STATUS", "CATATAN"]),
        "state": st.sampled_from(["nilai", "nilai", "nilai", "tidak_ada", "belum_diisi"]),
        "value": st.integers(0, 3),
        "level": st.integers(0, 1),
        "minutes": st.integers(0, 5),
    }
)


def log_of(changes: list[dict[str, object]]) -> Log:
    log = Log()
    for row in changes:
        has_value = row["state"] == "nilai"
        words = {"IDM.IDM": f"{row['value']}.12345", "IDM.STATUS": f"KODE_{row['value']}", "CATATAN": "kata"}
        log.add(
            row["region_id"],
            words[row["variable"]] if has_value else None,
            period=row["period"],
            variable=row["variable"],
            state=row["state"],
            level=row["level"],
            changed_at=START + timedelta(minutes=row["minutes"]),
        )
    return log


def replay(log: Log) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Open and closed facts as plain Python says: the rival of `fold`."""
    opened: dict[tuple[object, ...], list[object]] = {}
    closed = []
    for row in log.rows:
        if row["variable"] == "CATATAN":
            continue
        key = (row["region_id"], row["period"], row["variable"])
        number = code = None
        if row["state"] == "nilai":
            if row["variable"] == "IDM.IDM":
                number = Decimal(row["value"]).quantize(Decimal("0.0001"), ROUND_HALF_UP)
            else:
                code = row["value"]
        payload = (number, code, row["state"], row["level"])
        before = opened.get(key)
        if before is not None and tuple(before[:4]) == payload:
            continue
        moment = row["changed_at"]
        if before is not None:
            moment = max(moment, before[4])
            closed.append((*key, *before, moment))
        opened[key] = [*payload, moment]
    return sorted(((*k, *v) for k, v in opened.items()), key=str), sorted(closed, key=str)


COLUMNS = ["region_id", "period", "variable", "value", "code", "state", "level", "recorded_from"]


def folded(log: Log, cuts: list[int]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    current, superseded = pl.DataFrame(schema=FACTS), [pl.DataFrame(schema=FACTS)]
    frame = log.frame()
    edges = [0, *sorted(cut for cut in cuts if cut <= frame.height), frame.height]
    for start, end in itertools.pairwise(edges):
        facts, _, _ = facts_of(frame.slice(start, end - start), in_each(VARIABLES))
        result = fold(current, facts)
        current = result.current
        superseded.append(result.superseded)
    return (
        sorted(current.select(COLUMNS).iter_rows(), key=str),
        sorted(pl.concat(superseded).select(*COLUMNS, "recorded_to").iter_rows(), key=str),
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(change, max_size=40), st.lists(st.integers(0, 40), max_size=4))
def test_fold_equals_a_plain_replay_under_any_cut(changes: list[dict[str, object]], cuts: list[int]) -> None:
    log = log_of(changes)
    assert folded(log, cuts) == replay(log)


def test_sums_are_exact() -> None:
    log = Log()
    for region in range(1, 1001):
        log.add(region, f"0.{region:04d}")
    facts, _, _ = facts_of(log.frame(), in_each(VARIABLES))
    total = fold(pl.DataFrame(schema=FACTS), facts).current["value"].sum()
    assert Fraction(total) == sum(Fraction(region, 10_000) for region in range(1, 1001))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.7181", "0.7181"),
        ("0.00005", "0.0001"),
        ("-0.00005", "-0.0001"),
        ("0.12344999999", "0.1234"),
        ("0.0000499999999999999999999999", "0.0000"),
        ("99999999999999.9999", "99999999999999.9999"),
        ("1e-05", "0.0000"),
        ("2.5E3", "2500"),
        ("+5", "5"),
        (".5", "0.5"),
        ("99999999999999.99995", None),
        ("100000000000000", None),
        ("1e308", None),
        ("1e999999999", None),
        ("NaN", None),
        ("Infinity", None),
        ("lima", None),
        ("1,5", None),
        ("１２", None),
        ("", None),
        (None, None),
    ],
)
def test_published_text_becomes_a_decimal_or_nothing(text: str | None, value: str | None) -> None:
    read = decimals(pl.Series("value", [text], pl.String))
    assert read.to_list() == [None if value is None else Decimal(value)]


def test_what_cannot_be_a_fact_is_said() -> None:
    log = Log()
    log.add(1, "lima")
    log.add(2, "0.5")
    log.add(2, "catatan desa", variable="CATATAN")
    log.add(2, "1", variable="TIDAK.DIKENAL")
    facts, left_out, findings = facts_of(log.frame(), in_each(VARIABLES))
    assert facts["region_id"].to_list() == [1, 2]
    assert facts["value"].to_list() == [None, Decimal("0.5")]
    assert left_out == 2
    assert [(f.code, f.value) for f in findings] == [
        ("VARIABLE_UNKNOWN", "TIDAK.DIKENAL"),
        ("VALUE_NOT_NUMBER", "lima"),
    ]


def test_a_zero_is_a_value_and_a_state_is_none() -> None:
    log = Log()
    log.add(1, "0")
    log.add(2, "7", state="tidak_ada")
    facts, _, findings = facts_of(log.frame(), in_each(VARIABLES))
    assert facts["value"].to_list() == [Decimal(0), None]
    assert facts["state"].to_list() == ["nilai", "tidak_ada"]
    assert findings == ()


def test_several_options_are_one_code() -> None:
    log = Log()
    log.add(1, "air tanah", variable="CEMAR")
    log.add(2, None, variable="CEMAR", state="tidak_tahu")
    log.add(3, "kata", variable="CATATAN")
    several = Variable(
        "CEMAR", "Cemar", "", 0, ValueType.TEXT, (Choice("air", "Air"), Choice("tanah", "Tanah"))
    )
    facts, left_out, _ = facts_of(log.frame(), in_each({**VARIABLES, "CEMAR": several}))
    assert facts.select("region_id", "code", "state").rows() == [
        (1, "air tanah", "nilai"),
        (2, None, "tidak_tahu"),
    ]
    assert left_out == 1
