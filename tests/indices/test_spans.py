"""Spans are exact: 500 random partial villages of each index against brute force over all completions.

The brute force reads the rules itself, in plain Python, and goes through every completion: of missing
scores all products; of missing answers all products of a dense set of values of its own (no use is made
of where a rule turns). A second check of many missing values needs no products: lowest and highest of a
sum are sums of lowest and highest, group by group.
"""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest

from sidara import expressions
from sidara.indices import core
from sidara.indices.core import answers, spans
from sidara.indices.core.definition import InputType
from sidara.indices.core.scoring import shares
from sidara.kernel.finding import Severity
from tests.indices import official

VILLAGES = 500
SHARED = ("jumlah_industri_mikro", "jumlah_kk", "jumlah_pasar_permanen")
SMALL = (range(13), [0, 1, 100, 249, 250, 251, 999, 1000, 3000, 3001, 12_000, 12_001], range(13))
DENSE = [*range(13), 24, 25, 26, 99, 100, 101, 249, 250, 251, 333, 499, 500, 501, 749, 750, 751]
WIDE = [1000, 1250, 1251, 2500, 5000, 5001, 10_000, 10**6, 10**9, 10**12 - 1]


class Brute:
    """The rules of one index in one year, evaluated completion by completion."""

    def __init__(self, definition, year: int) -> None:
        self.definition, self.year = definition, year
        self.version = definition.version_in(year)
        self.shares = shares(self.version)
        self.known: dict = {}
        self.rules = {
            item.code: [
                (rule.possible, expressions.to_python(answers.resolved(item, rule.when)))
                for rule in item.rules_in(year)
            ]
            for item in self.version.items
        }
        self.reads = {
            item.code: {
                name for rule in item.rules_in(year) for name in answers.resolved(item, rule.when).names
            }
            for item in self.version.items
        }
        self.inputs = {one.name: one for one in self.version.inputs}

    def scores(self, code: str, record: dict) -> set[int]:
        """Every score that the item can have with these answers; all that is undecided is possible."""
        found = set()
        for possible, holds in self.rules[code]:
            truth = holds(record)
            if truth is not False:
                found |= set(possible)
            if truth is True:
                break
        return found

    def record(self, texts: dict) -> dict:
        made = {expressions.PERIOD_YEAR: Fraction(self.year)}
        for name, one in self.inputs.items():
            text = texts.get(name)
            if text is None:
                made[name] = "" if one.is_optional else None
            elif one.type is InputType.YES_NO:
                made[name] = text in {"ya", "ada"}
            else:
                made[name] = text if one.type is InputType.CHOICE else Fraction(text)
        return made

    def values(self, name: str) -> list:
        """A dense set of answers, without looking at the rules."""
        one = self.inputs[name]
        if one.type is InputType.YES_NO:
            return [True, False]
        if one.type is InputType.CHOICE:
            return list(one.choices)
        numbers = {Fraction(number) for number in (*DENSE, *WIDE)}
        if one.decimals:
            step = Fraction(1, 10**one.decimals)
            around = [Fraction(number) for number in (-100, -1, *range(17), 24)]
            around += [Fraction(number, 10) for number in (1, 2, 5)]
            numbers = {number + shift for number in around for shift in (-step, 0, step)} | {
                Fraction(number) for number in (*DENSE[-12:], *WIDE)
            }
        low = one.minimum
        high = Fraction(10**12 - 1, 10**one.decimals) if one.maximum is None else one.maximum
        return sorted(number for number in numbers if low <= number <= high)

    def total(self, codes: list[str], texts: dict) -> tuple[Fraction, Fraction]:
        """Lowest and highest sum of the items, over the product of all answers missing among them."""
        names = sorted({name for code in codes for name in self.reads[code]} & set(self.inputs))
        key = (tuple(codes), *(texts.get(name) for name in names))
        if key not in self.known:
            is_shared = set(codes) == {"E01", "E03"}
            self.known[key] = families(texts) if is_shared else self.completed(codes, names, texts)
        return self.known[key]

    def completed(self, codes: list[str], names: list[str], texts: dict) -> tuple[Fraction, Fraction]:
        record = self.record(texts)
        missing = [name for name in names if record[name] is None]
        lowest, highest = [], []
        for completion in itertools.product(*(self.values(name) for name in missing)):
            filled = record | dict(zip(missing, completion, strict=True))
            sets = {code: self.scores(code, filled) for code in codes}
            lowest.append(sum(self.shares[code] * min(found) for code, found in sets.items()))
            highest.append(sum(self.shares[code] * max(found) for code, found in sets.items()))
        return min(lowest), max(highest)

    def span(self, texts: dict) -> tuple[Fraction, Fraction]:
        """Group by group of items that read a common answer; groups do not touch one another."""
        low = high = Fraction(0)
        for codes in self.groups():
            ends = self.total(codes, texts)
            low, high = low + ends[0], high + ends[1]
        return low, high

    def groups(self) -> list[list[str]]:
        groups: list[tuple[list[str], set[str]]] = []
        for code, names in self.reads.items():
            inputs = names & set(self.inputs)
            touching = [group for group in groups if group[1] & inputs]
            merged = ([code], set(inputs))
            for group in touching:
                groups.remove(group)
                merged = (group[0] + merged[0], group[1] | merged[1])
            groups.append(merged)
        return [codes for codes, _ in groups]

    def answer(self, name: str, chance: random.Random) -> str:
        one = self.inputs[name]
        if one.type is InputType.YES_NO:
            return chance.choice(["ya", "tidak"])
        value = chance.choice(self.values(name)[: len(DENSE) if not one.maximum else None])
        return value if one.type is InputType.CHOICE else plain(value)


def families(texts: dict) -> tuple[Fraction, Fraction]:
    """Industries per family and families per market, over every number of families up to 20,000.

    Written here by hand: 0.004 and 0.001 industries per family, 250 families per market. With no family
    the first has no score of its own, with no market the second has the lowest.
    """
    wide = {
        "jumlah_industri_mikro": [*range(101), 10**6],
        "jumlah_kk": [*range(20_001), 10**6, 10**9],
        "jumlah_pasar_permanen": [*range(101), 10**6],
    }
    axes = [
        np.array(wide[name] if texts.get(name) is None else [int(texts[name])], dtype=np.int64)
        for name in SHARED
    ]
    industries, homes, markets = np.meshgrid(*axes, indexing="ij", sparse=True)
    first = np.where(1000 * industries >= 4 * homes, 5, np.where(1000 * industries >= homes, 3, 1))
    lowest, highest = np.where(homes == 0, 1, first), np.where(homes == 0, 5, first)
    second = np.where((markets == 0) | (homes == 0), 1, np.where(homes >= 250 * markets, 5, 3))
    share = Fraction(1, 180)
    return share * int((lowest + second).min()), share * int((highest + second).max())


def plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.4f}".rstrip("0")


@pytest.fixture(scope="module")
def brutes(idm, desa):
    return {
        "idm": [Brute(idm, 2021), Brute(idm, 2023)],
        "desa": [Brute(desa, 2025)],
    }


def statuses(version, low: Fraction, high: Fraction) -> str:
    """The classes from that of the lowest to that of the highest."""
    thresholds = version.thresholds
    scale = 10**thresholds.decimals
    first, last = (
        thresholds.position(Fraction(int(end * scale + Fraction(1, 2)), scale)) for end in (low, high)
    )
    return "|".join(one.status for one in thresholds.classes[first : last + 1])


def assert_span(row: dict, version, low: Fraction, high: Fraction) -> None:
    top = version.top.column
    if low == high:
        assert row[top] == float(low)
        assert row["status"] == statuses(version, low, high)
        return
    assert row[top] is None
    assert (row[f"{top}_min"], row[f"{top}_max"]) == (float(low), float(high))
    assert row["status_set"] == statuses(version, low, high)
    assert row["status"] == ("antara" if "|" in row["status_set"] else row["status_set"])


def keyed(at: int) -> str:
    return f"620102{2000 + at}"


@pytest.mark.parametrize("name", ["idm", "desa"])
def test_missing_scores_equal_all_completions(brutes, name):
    """Up to four missing scores: the product of all that could stand there, each computed as a village."""
    chance = random.Random(f"scores {name}")
    records, expected = [], []
    for at in range(VILLAGES):
        brute = brutes[name][at % len(brutes[name])]
        version = brute.version
        record = {item.code: chance.choice(item.scores_in(brute.year)) for item in version.items}
        open_codes = chance.sample(list(record), chance.randint(1, 4))
        base = sum(brute.shares[code] * score for code, score in record.items() if code not in open_codes)
        sums = [
            base + sum(brute.shares[code] * score for code, score in zip(open_codes, found, strict=True))
            for found in itertools.product(
                *(version.by_code[code].scores_in(brute.year) for code in open_codes)
            )
        ]
        records.append({"kode": keyed(at), "tahun": brute.year} | record | dict.fromkeys(open_codes, None))
        expected.append((version, sums))
    made = core.compute(brutes[name][0].definition, official.frame(records)).frame
    for row, (version, sums) in zip(made.iter_rows(named=True), expected, strict=True):
        assert_span(row, version, min(sums), max(sums))
        every = {statuses(version, one, one) for one in sums}
        assert set(row["status_set"].split("|")) == every


@pytest.mark.parametrize("name", ["idm", "desa"])
def test_missing_answers_equal_all_completions(brutes, name):
    """Some answers missing, most of them where several answers give one score; the rest at random."""
    chance = random.Random(f"answers {name}")
    records, expected = [], []
    for at in range(VILLAGES):
        brute = brutes[name][at % len(brutes[name])]
        asked = [one.name for one in brute.version.inputs if one.is_asked]
        texts = {one: brute.answer(one, chance) for one in asked}
        together = [one for item in brute.version.items if len(item.inputs) > 1 for one in item.inputs]
        many = [one.name for one in together if one.is_asked]
        missing = {*chance.sample(many, 3), *chance.sample(asked, chance.randint(0, 4))}
        if name == "idm":
            missing |= set(chance.sample(SHARED, chance.randint(0, 2)))
            missing -= {chance.choice(SHARED)} if set(SHARED) <= missing else set()
        if name == "idm":
            texts |= {one: str(chance.choice(numbers)) for one, numbers in zip(SHARED, SMALL, strict=True)}
        texts |= dict.fromkeys(missing, None)
        records.append({"kode": keyed(at), "tahun": brute.year} | texts)
        expected.append((brute.version, brute.span(texts)))
    made = core.compute(brutes[name][0].definition, official.frame(records))
    assert made.rejected == ()
    for row, (version, ends) in zip(made.frame.iter_rows(named=True), expected, strict=True):
        assert_span(row, version, *ends)


@pytest.mark.parametrize("name", ["idm", "desa"])
def test_many_missing_scores(brutes, name):
    """Any number of missing scores, by sums of lowest and highest."""
    chance = random.Random(f"many {name}")
    records, expected = [], []
    for at in range(VILLAGES):
        brute = brutes[name][at % len(brutes[name])]
        share = chance.random()
        record, low, high = {}, Fraction(0), Fraction(0)
        for item in brute.version.items:
            scores = item.scores_in(brute.year)
            found = None if chance.random() < share else chance.choice(scores)
            record[item.code] = found
            low += brute.shares[item.code] * (min(scores) if found is None else found)
            high += brute.shares[item.code] * (max(scores) if found is None else found)
        records.append({"kode": keyed(at), "tahun": brute.year} | record)
        expected.append((brute.version, low, high))
    made = core.compute(brutes[name][0].definition, official.frame(records)).frame
    for row, (version, low, high) in zip(made.iter_rows(named=True), expected, strict=True):
        assert_span(row, version, low, high)


@pytest.mark.parametrize("name", ["idm", "desa"])
def test_more_answers_never_widen(brutes, name):
    """From nothing to everything in random order: each span lies within the one before."""
    chance = random.Random(f"monotone {name}")
    for brute in brutes[name]:
        top = brute.version.top.column
        for _ in range(4):
            asked = [one.name for one in brute.version.inputs if one.is_asked]
            chance.shuffle(asked)
            texts: dict = dict.fromkeys(asked, None)
            records = [{"kode": keyed(0), "tahun": brute.year} | texts]
            for at, one in enumerate(asked, start=1):
                texts = texts | {one: brute.answer(one, chance)}
                records.append({"kode": keyed(at), "tahun": brute.year} | texts)
            made = core.compute(brute.definition, official.frame(records)).frame
            ends = [
                (
                    row[f"{top}_min"] if row[top] is None else row[top],
                    row[f"{top}_max"] if row[top] is None else row[top],
                )
                for row in made.iter_rows(named=True)
            ]
            for wide, narrow in itertools.pairwise(ends):
                assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]
            sets = [
                set((row["status_set"] or row["status"]).split("|")) for row in made.iter_rows(named=True)
            ]
            for wide, narrow in itertools.pairwise(sets):
                assert narrow <= wide


def test_more_scores_never_widen(brutes):
    chance = random.Random("monotone scores")
    for brute in (*brutes["idm"], *brutes["desa"]):
        top = brute.version.top.column
        codes = [item.code for item in brute.version.items]
        chance.shuffle(codes)
        texts: dict = dict.fromkeys(codes, None)
        records = [{"kode": keyed(0), "tahun": brute.year} | texts]
        for at, code in enumerate(codes, start=1):
            texts = texts | {code: chance.choice(brute.version.by_code[code].scores_in(brute.year))}
            records.append({"kode": keyed(at), "tahun": brute.year} | texts)
        made = core.compute(brute.definition, official.frame(records)).frame
        low = made[f"{top}_min"].fill_null(made[top].last())
        high = made[f"{top}_max"].fill_null(made[top].last())
        assert low.is_sorted()
        assert high.is_sorted(descending=True)
        assert low.last() == high.last() == made[top].last()


def one_row(definition, record: dict) -> dict:
    made = core.compute(definition, official.frame([record]))
    assert made.rejected == ()
    return made.frame.row(0, named=True)


def base(brute: Brute, **changes) -> dict:
    """A village of which every answer is the first that there is."""
    texts = {
        one.name: {"yes_no": "tidak", "choice": (one.options or ("",))[0]}.get(one.type, "1")
        for one in brute.version.inputs
        if one.is_asked
    }
    return {"kode": keyed(1), "tahun": brute.year} | texts | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"jarak_sd_km": "0.51", "waktu_sd_menit": "3.01", "transportasi_sd": "ada"}, {1}),
        ({"jarak_sd_km": "0.51", "waktu_sd_menit": "3.01", "transportasi_sd": None}, {1}),
        ({"jarak_sd_km": "0.51", "waktu_sd_menit": "1.01", "transportasi_sd": "tidak"}, {1}),
        ({"jarak_sd_km": "0.51", "waktu_sd_menit": "1.01", "transportasi_sd": "ada"}, {2, 5}),
        ({"jarak_sd_km": "0.5", "waktu_sd_menit": "9", "transportasi_sd": "tidak"}, {2, 5}),
        ({"jarak_sd_km": None, "waktu_sd_menit": "1", "transportasi_sd": "tidak"}, {2, 5}),
        ({"jarak_sd_km": None, "waktu_sd_menit": "9", "transportasi_sd": "tidak"}, {1, 5}),
        ({"jarak_sd_km": "9", "waktu_sd_menit": None, "transportasi_sd": None}, {1, 5}),
        ({"akses_sd": "mudah"}, {4}),
        ({"akses_sd": "mudah", "jarak_sd_km": None}, {4}),
    ],
)
def test_what_is_known_of_a_matrix(brutes, changes, expected):
    """School access: score 1 is known whole, nothing else; an official class decides."""
    brute = brutes["desa"][0]
    record = base(brute) | changes
    found = core.explain(brute.definition, official.frame([record]))
    item = next(one for one in found.items if one.code == "I02.1")
    gap = next((one for one in found.gaps if one.item == "I02.1" and one.points), None)
    assert ({item.score} if item.score is not None else {gap.least, gap.most}) == expected


def test_a_matrix_without_limits_is_open_whatever_is_answered(brutes):
    brute = brutes["desa"][0]
    plain_answers = base(brute)
    given = plain_answers | {"jarak_pasar_km": "9", "waktu_pasar_menit": "90", "transportasi_pasar": "tidak"}
    assert (
        one_row(brute.definition, plain_answers)["skor_min"] == one_row(brute.definition, given)["skor_min"]
    )
    found = core.explain(brute.definition, official.frame([given]))
    gap = next(one for one in found.gaps if one.item == "I27.2")
    assert (gap.name, gap.reason, gap.least, gap.most) == ("I27.2", core.Reason.OPEN, 1, 5)
    item = next(one for one in found.items if one.code == "I27.2")
    assert (item.score, item.rule) == (None, "true")
    assert "tidak terbit" in item.meaning
    known = one_row(brute.definition, given | {"akses_pasar": "sulit"})
    assert (
        known["skor_max"] - known["skor_min"]
        < one_row(brute.definition, given)["skor_max"] - known["skor_min"]
    )


def test_absent_parents_are_named_as_such(brutes):
    brute = brutes["desa"][0]
    record = base(
        brute, kepemilikan_jamban="tidak_ada", ada_layanan_bidan="tidak", operasional_bidan=None, anak_3_6="0"
    )
    found = core.explain(brute.definition, official.frame([record]))
    gaps = {one.item: one for one in found.gaps}
    assert (gaps["I37.1"].reason, gaps["I37.1"].least, gaps["I37.1"].most) == (core.Reason.OPEN, 1, 5)
    assert gaps["I09.2"].reason is core.Reason.NOT_APPLICABLE
    assert (gaps["I01.3"].reason, gaps["I01.3"].points) == (core.Reason.OPEN, 4)
    asked = core.explain(brute.definition, official.frame([record | {"ada_layanan_bidan": "ya"}]))
    assert {one.item: one for one in asked.gaps}["I09.2"].reason is core.Reason.EMPTY


def test_a_market_without_families_and_families_without_a_market(brutes):
    """Items that read a common answer are completed together: one number of families serves both."""
    brute = brutes["idm"][0]
    for changes in (
        {"jumlah_industri_mikro": "0", "jumlah_kk": None, "jumlah_pasar_permanen": "1"},
        {"jumlah_industri_mikro": "5", "jumlah_kk": None, "jumlah_pasar_permanen": "0"},
        {"jumlah_industri_mikro": "5", "jumlah_kk": "100", "jumlah_pasar_permanen": None},
        {"jumlah_industri_mikro": None, "jumlah_kk": "0", "jumlah_pasar_permanen": None},
    ):
        record = base(brute) | changes
        assert_span(one_row(brute.definition, record), brute.version, *brute.span(record))


def test_no_step_is_as_wide_as_a_class(brutes):
    """So every class between the ends can be reached, and `status_set` is exactly what is possible."""
    for brute in (*brutes["idm"], *brutes["desa"]):
        version = brute.version
        widest = Fraction(0)
        for component in spans.components(version, brute.year):
            for item in component.items:
                scores = item.scores_in(brute.year)
                steps = [upper - lower for lower, upper in itertools.pairwise(scores)]
                widest = max(widest, brute.shares[item.code] * max(steps, default=0))
            if len(component.items) > 1:
                widest = max(widest, sum(brute.shares[item.code] * item.maximum for item in component.items))
        inner = version.thresholds.classes[1:-1]
        assert widest < min(one.maximum - one.minimum for one in inner)


def test_findings_name_what_is_missing_and_what_it_could_change(brutes):
    brute = brutes["desa"][0]
    record = {"kode": keyed(1), "tahun": 2025} | {item.code: 5 for item in brute.version.items}
    record |= {"I01.1": None, "I22.2": None}
    made = core.compute(brute.definition, official.frame([record]))
    (finding,) = made.findings
    assert finding.code == "VALUE_MISSING"
    assert "2 dari 127 skor kosong" in finding.message
    assert "I01.1 (4 poin), I22.2 (4 poin)" in finding.message
    assert "skor 98,74 sampai 100,00" in finding.message
    answered = core.compute(brute.definition, official.frame([base(brute)]))
    (finding,) = [one for one in answered.findings if one.severity is Severity.INFO]
    assert finding.code == "SCORE_OPEN"
    assert "I06.2 (4 poin)" in finding.message


def test_all_villages_at_once_give_what_one_gives(brutes):
    chance = random.Random("one and all")
    brute = brutes["idm"][0]
    records = []
    for at in range(60):
        texts = {one.name: brute.answer(one.name, chance) for one in brute.version.inputs}
        texts |= dict.fromkeys(chance.sample(list(texts), 8), None)
        records.append({"kode": keyed(at), "tahun": brute.year} | texts)
    every = core.compute(brute.definition, official.frame(records)).frame
    for at, record in enumerate(records):
        assert core.compute(brute.definition, official.frame([record])).frame.row(0) == every.row(at)
