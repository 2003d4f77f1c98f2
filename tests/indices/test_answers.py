"""From answers: the reference's rules, read a second time here, give the same scores; gaps give spans."""

import itertools
import random
from fractions import Fraction

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sidara.indices import core
from tests.indices import official

SEED = 20240101
YEARS = (2021, 2022, 2023, 2024)


@pytest.fixture(scope="module")
def reference(shared):
    return yaml.safe_load((shared / "reference" / "idm.yaml").read_text(encoding="utf-8"))


def limits(item, name) -> list[Fraction]:
    """The numbers that the item's rules name, and a step beside them."""
    words = " ".join(rule.when.text for rule in item.rules).replace("(", " ").replace(")", " ").split()
    return [Fraction(word) for word in words if word.replace(".", "").isdigit()]


def random_answer(one, item, chance: random.Random):
    match one.type:
        case "yes_no":
            return chance.choice(["ya", "tidak"])
        case "choice":
            return chance.choice(one.options)
    step = Fraction(1, 10**one.decimals)
    around = [limit + shift for limit in limits(item, one.name) for shift in (-step, 0, step)]
    wide = [Fraction(number) for number in (0, 1, 2, 3, 4, 5, 9, 10, 100, 249, 250, 251, 999, 1000)]
    number = chance.choice([one for one in (*around, *wide) if (one / step).denominator == 1] or wide)
    number = max(number, one.minimum)
    return str(float(min(number, one.maximum) if one.maximum is not None else number)).removesuffix(".0")


def random_records(version, count: int) -> list[dict]:
    chance = random.Random(SEED)
    homes = {one.name: item for item in version.items for one in item.inputs}
    return [
        {"kode": f"620102{2000 + at}", "tahun": chance.choice(YEARS)}
        | {one.name: random_answer(one, homes[one.name], chance) for one in version.inputs}
        for at in range(count)
    ]


def by_the_reference(item: dict, record: dict) -> int | None:
    """The score of one item by the reference's own words, evaluated in plain Python."""
    names = {"true": True, "false": False, "tahun": Fraction(record["tahun"])}
    for name, kind in item["variabel"].items():
        if name in record and name != "tahun":
            text = record[name]
            is_number = text.replace(".", "").isdigit()
            names[name] = {"ya": True, "tidak": False}.get(text) if kind == "ya/tidak" else text
            names[name] = Fraction(text) if is_number else names[name]
    for name, kind in item["variabel"].items():
        if name in record or name == "tahun":
            continue
        text, _, absent = kind.partition(" (0 bila")
        try:
            names[name] = eval(text, {}, names)
        except ZeroDivisionError:
            if not absent:
                return None
            names[name] = Fraction(0)
    for rule in item["aturan"]:
        if eval(exact(rule["bila"]), {"Fraction": Fraction}, names):
            return rule["skor"]
    return None


def exact(text: str) -> str:
    return " ".join(
        f"Fraction('{word}')" if word.replace(".", "").isdigit() else word for word in text.split(" ")
    )


def test_scores_equal_the_reference_rules(idm, version, reference):
    records = random_records(version, 400)
    made = core.compute(idm, official.frame(records))
    assert made.depth is core.Depth.ANSWERS
    assert made.rejected == ()
    seen = set()
    for record, row in zip(records, made.frame.iter_rows(named=True), strict=True):
        for item in reference["indikator"]:
            expected = by_the_reference(item, record)
            assert row[item["kode"]] == expected, (item["kode"], record)
            seen.add((item["kode"], expected))
    scores = {(item["kode"], rule["skor"]) for item in reference["indikator"] for rule in item["aturan"]}
    assert scores <= seen, scores - seen


def test_complete_answers_give_what_their_scores_give(idm, version):
    records = random_records(version, 200)
    answered = core.compute(idm, official.frame(records)).frame
    complete = answered.filter(pl.col("idm").is_not_null())
    assert complete.height > 50
    names = ["kode", "tahun", *(item.code for item in version.items)]
    scored = core.compute(idm, official.frame(complete.select(names).to_dicts())).frame
    results = ["iks", "ike", "ikl", "idm", "status", "target_status", "skor_minimal", "penambahan"]
    assert scored.select(results).equals(complete.select(results))


def test_explain_from_answers(idm, version):
    record = random_records(version, 1)[0] | {"jumlah_dokter": "0", "tahun": 2024, "jumlah_slb": "2"}
    explained = core.explain(idm, official.frame([record]))
    assert explained.depth is core.Depth.ANSWERS
    items = {item.code: item for item in explained.items}
    assert items["S02"].answer == {"jumlah_dokter": "0"}
    assert items["S02"].rule == "jumlah_dokter = 0"
    assert (items["S02"].score, items["S02"].score_published) == (0, None)
    assert items["S02"].activity == "Pengadaan Min 1 org Dokter"
    assert items["S27"].rule == "jumlah_slb >= 1"
    assert items["S27"].confidence == "inferred"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("jumlah_dokter", "-1"),
        ("jumlah_dokter", "1.5"),
        ("jumlah_dokter", "1e308"),
        ("jumlah_dokter", "NaN"),
        ("ada_tbm", "mungkin"),
        ("sinyal_telepon", "KUAT SEKALI"),
        ("jenis_bencana", "4"),
        ("jarak_sd_m", "12.345"),
        ("jumlah_kk", "9999999999999"),
        ("jarak_sd_m", "9223372036854775807"),
    ],
)
def test_an_answer_that_cannot_be_is_rejected(idm, version, name, value):
    record = random_records(version, 1)[0] | {name: value}
    made = core.compute(idm, official.frame([record]))
    assert made.rejected == (2,)
    finding = made.findings[0]
    assert (finding.place.line, finding.place.column, finding.value) == (2, name, value)
    assert finding.remedy


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_missing_answer_spans_every_completion(idm, version, data):
    """The span of an item is exactly what its rules give over all answers that could stand there."""
    base = random_records(version, 1)[0] | {"tahun": data.draw(st.sampled_from(YEARS))}
    item = data.draw(st.sampled_from([one for one in version.items if len(one.inputs) == 1]))
    one = item.inputs[0]
    chance = random.Random(data.draw(st.integers(0, 10**6)))
    completions = [base | {one.name: random_answer(one, item, chance)} for _ in range(60)]
    complete = core.compute(
        idm, official.frame([dict(done, kode=f"620102{2100 + at}") for at, done in enumerate(completions)])
    ).frame
    made = core.compute(idm, official.frame([base | {one.name: None}])).frame.row(0, named=True)
    figures = complete["idm"].drop_nulls()
    if figures.is_empty():
        return
    assert made["idm"] is None or made[item.code] is not None
    low, high = made["idm_min"] or made["idm"], made["idm_max"] or made["idm"]
    assert low <= figures.min() + 1e-12
    assert high >= figures.max() - 1e-12
    allowed = (made["status_set"] or made["status"]).split("|")
    assert set(complete.filter(pl.col("idm").is_not_null())["status"]) <= set(allowed)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_missing_score_gives_the_exact_span_and_statuses(idm, version, all_cases, data):
    """Brute force over all completions of up to three missing scores: ends and statuses are exactly those."""
    record = data.draw(st.sampled_from(all_cases))
    missing = data.draw(
        st.lists(st.sampled_from(version.items), min_size=1, max_size=3, unique_by=lambda one: one.code)
    )
    plain = {name: record[name] for name in ("kode", "tahun", *(item.code for item in version.items))}
    choices = [item.scores_in(plain["tahun"]) for item in missing]
    completions = [
        plain | dict(zip([item.code for item in missing], scores, strict=True))
        for at, scores in enumerate(itertools.product(*choices))
    ]
    for at, one in enumerate(completions):
        one["kode"] = f"620102{2000 + at}"
    every = core.compute(idm, official.frame(completions)).frame
    assert every.height == len(completions)
    row = core.compute(idm, official.frame([plain | {item.code: None for item in missing}])).frame.row(
        0, named=True
    )
    assert row["idm"] is None
    assert row["idm_min"] == every["idm"].min()
    assert row["idm_max"] == every["idm"].max()
    assert set(row["status_set"].split("|")) == set(every["status"])
    only = set(every["status"])
    assert row["status"] == (only.pop() if len(only) == 1 else "antara")
