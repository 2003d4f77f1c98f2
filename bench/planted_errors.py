"""Which planted errors the checks find, and how often they cry wolf, beside z-scores in the same run.

A province of made-up villages (SIMULASI, `demo.core.collected`) is drawn, errors of known kinds are planted
into one year, all checks judge it. *Hit*: a finding names the planted cell (of a copy: the form). *False
alarm*: a finding where nothing was planted at all (the same province before planting). Rivals: z-score above
3 and modified z-score above 3.5 (Iglewicz and Hoaglin 1993), of the level among all villages and of the
change since the period before; and all four again with the threshold at which they cry wolf as often as ours
on the tuning seed. Thresholds of ours are those of content; they were chosen on the tuning seed, too.

Run: python bench/planted_errors.py [--seed 62] [--villages 1571]
"""

import argparse
import os
import platform
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sidara.web.settings")

import numpy as np
import polars as pl

from sidara.checks.core import (
    CellFinding,
    CellTable,
    Context,
    Item,
    RuleBook,
    copies_in_table,
    derived,
    judge_table,
    rule_book,
    spans_of,
    unusual_in_table,
    without_repeats,
)
from sidara.checks.core.unusual import figures_of, numbers_of
from sidara.checks.formats import kinds_file, peers_file
from sidara.demo.core.collected import models_of, simulate_collected
from sidara.dictionary.core import built
from sidara.dictionary.formats import classes_file, content_file
from sidara.expressions import Time
from sidara.kernel import content
from sidara.kernel import period as periods
from sidara.kernel.finding import CellPlace, Severity
from sidara.kernel.period import Frequency, Period

YEARS = (2024, 2025)
TUNING = 11
CELLS = 700
"""Cells planted of each kind."""
FORMS = 150
"""Forms planted of each kind of copy."""
KINDS = {
    "times 1,000": "satuan x1.000",
    "divided by 1,000": "satuan : 1.000",
    "digits exchanged": "dua angka tertukar",
    "total wrong": "total tidak sama dengan rincian",
    "empty as zero": "kosong ditulis nol",
    "jump x3": "lonjakan 3 kali",
    "fall to a third": "turun jadi sepertiga",
    "categories mixed up": "kategori tertukar",
    "cumulative fell": "kumulatif turun",
}
COPIES = {"copy of last year": "salinan tahun lalu", "copy of a neighbour": "salinan tetangga"}
PAIRS = (("KEP_002", "KEP_003"), ("KEP_006", "KEP_007"), ("KEP_018", "KEP_019"), ("INF_002", "INF_004"))
"""Items that people mix up beside the categories of breakdowns."""

type Cell = tuple[str, str, str, str]
"""Region, variable, breakdown, period."""


@dataclass
class Planted:
    """The changed cells, what was planted where, and the forms that were copied."""

    cells: pl.DataFrame
    kinds: dict[Cell, str]
    forms: dict[tuple[str, str, str], str]


def last(frequency: Frequency) -> Period:
    return periods.year(YEARS[-1]).parts(frequency)[-1]


def villages(count: int, shift: int) -> list[str]:
    """Codes of example villages: districts of twelve; another `shift`, other villages."""
    return [f"62.{1 + at // 120:02d}.{1 + at // 12 % 10:02d}.{2001 + shift + at % 12}" for at in range(count)]


def numbers_in(cells: pl.DataFrame, wanted: list[str]) -> dict[Cell, str]:
    found = cells.filter(pl.col("period").is_in(wanted) & (pl.col("state") == "nilai"))
    columns = found.select("region", "variable", "breakdown", "period", "value").iter_rows()
    return {tuple(key): value for *key, value in columns}


class Planter:
    """Plants errors of each kind into cells that nothing was planted into yet."""

    def __init__(self, cells: pl.DataFrame, book: RuleBook, seed: int) -> None:
        self.cells, self.book, self.chance = cells, book, np.random.default_rng(seed)
        found = numbers_in(cells, [str(last(f)) for f in Frequency])
        self.now = {cell: value for cell, value in found.items() if book.items[cell[1]].type.is_number}
        self.new: dict[Cell, str] = {}
        self.kinds: dict[Cell, str] = {}
        self.order = list(self.now)
        self.chance.shuffle(self.order)

    def plant(self, kind: str, count: int) -> None:
        """Plant errors of a kind until there are enough."""
        made = 0
        for cell in self.order:
            if made == count:
                return
            item = self.book.items[cell[1]]
            has_floor = item.minimum is not None or item.above is not None
            if cell in self.kinds or item.maximum is not None or item.unit == "tahun" or not has_floor:
                continue
            made += self.planted(kind, cell, item)

    def planted(self, kind: str, cell: Cell, item: Item) -> bool:
        """Plant one error if the cell takes it."""
        if kind in OTHERWISE:
            return bool(getattr(self, OTHERWISE[kind])(kind, cell, item))
        least, changed = SIMPLE[kind]
        number = float(self.now[cell])
        return number >= least and self.put(kind, cell, changed(number), item)

    def wrong_total(self, kind: str, cell: Cell, item: Item) -> bool:
        """Make a total larger than its parts."""
        number = float(self.now[cell])
        off = max(1.0, np.round(number * self.chance.uniform(0.02, 0.3)))
        is_total = item.parts_make_total and cell[2] == "_T"
        return (is_total or item.code in TOTALS) and self.put(kind, cell, number + off, item)

    def fallen(self, kind: str, cell: Cell, item: Item) -> bool:
        """Let a figure that runs from January fall below the period before."""
        before = (*cell[:3], str(last(item.frequency).preceding))
        earlier = float(self.earlier.get(before, 0))
        runs = item.time is Time.YEAR_TO_DATE and item.frequency is not Frequency.YEAR
        return runs and earlier >= 2 and self.put(kind, cell, np.floor(earlier * 0.8), item)

    @cached_property
    def earlier(self) -> dict[Cell, str]:
        """Figures of the period before, of what runs from January."""
        wanted = [str(last(f).preceding) for f in (Frequency.QUARTER, Frequency.MONTH)]
        return numbers_in(self.cells, wanted)

    def put(self, kind: str, cell: Cell, value: float, item: Item) -> bool:
        """Write a wrong value, if it differs."""
        text = f"{value:.{item.decimals}f}"
        if float(text) == float(self.now[cell]):
            return False
        self.new[cell], self.kinds[cell] = text, kind
        return True

    def exchanged(self, kind: str, cell: Cell, item: Item) -> bool:
        """Exchange two neighbouring digits of the true figure."""
        value = self.now[cell]
        digits = value.replace(".", "")
        pairs = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1]]
        if len(digits) < 3 or not pairs or digits[0] == "0":
            return False
        at = int(self.chance.choice(pairs))
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        return self.put(kind, cell, int(swapped) / 10**item.decimals, item)

    def mixed_up(self, kind: str, cell: Cell, item: Item) -> bool:
        """Exchange the figures of two categories, or of two items that people mix up."""
        other = None
        for one, two in PAIRS:
            if item.code == one and cell[2] == "_T":
                other = (cell[0], two, "_T", cell[3])
        if cell[2] != "_T" and not cell[2].startswith("ANGGARAN"):
            same = [b for b in self.book.breakdowns(item) if b not in {"_T", cell[2]}]
            other = (cell[0], item.code, str(self.chance.choice(same)), cell[3]) if same else None
        if other is None or other not in self.now or other in self.kinds or self.now[other] == self.now[cell]:
            return False
        self.new[cell], self.new[other] = self.now[other], self.now[cell]
        self.kinds[cell] = self.kinds[other] = kind
        return True


SIMPLE = {
    "times 1,000": (1, lambda number: number * 1000),
    "divided by 1,000": (1000, lambda number: np.floor(number / 1000)),
    "empty as zero": (1, lambda _: 0.0),
    "jump x3": (5, lambda number: number * 3),
    "fall to a third": (15, lambda number: np.floor(number / 3)),
}
"""The smallest figure that takes the error, and what becomes of it."""
OTHERWISE = {
    "digits exchanged": "exchanged",
    "total wrong": "wrong_total",
    "categories mixed up": "mixed_up",
    "cumulative fell": "fallen",
}
TOTALS = {"KEP_001", "KEU_001", "KEU_009", "KEU_011", "INF_001"}
"""Totals whose parts are items of their own."""


def plant(cells: pl.DataFrame, book: RuleBook, seed: int) -> Planted:
    planter = Planter(cells, book, seed)
    for kind in KINDS:
        planter.plant(kind, CELLS)
    changed = pl.DataFrame(
        [(*cell, value) for cell, value in planter.new.items()],
        schema=dict.fromkeys(("region", "variable", "breakdown", "period", "new"), pl.String),
        orient="row",
    )
    keys = ["region", "variable", "breakdown", "period"]
    made = cells.join(changed, on=keys, how="left", maintain_order="left")
    made = made.with_columns(value=pl.coalesce("new", "value")).drop("new")
    return copied(made, book, planter, seed)


def copied(cells: pl.DataFrame, book: RuleBook, planter: Planter, seed: int) -> Planted:
    """Copy forms in which nothing was planted: last year's, or those of a village of the district."""
    chance = np.random.default_rng(seed + 1)
    asked = [i for i in book.items.values() if i.type.is_number and not (i.own_list or i.is_derived)]
    numbers = Counter(item.form for item in asked)
    forms = sorted(form for form, count in numbers.items() if count >= 10)
    touched = {(cell[0], book.items[cell[1]].form) for cell in planter.kinds}
    regions = sorted(cells["region"].unique())
    made: dict[tuple[str, str, str], str] = {}
    sources = []
    for kind in COPIES:
        count = 0
        for _ in range(50 * FORMS):
            if count == FORMS:
                break
            region, form = str(chance.choice(regions)), str(chance.choice(forms))
            at = last(next(i.frequency for i in book.items.values() if i.form == form))
            if (region, form) in touched:
                continue
            near = [r for r in regions if r[:8] == region[:8] and r != region and (r, form) not in touched]
            if not near:
                continue
            source = (region, str(at.year_earlier))
            if kind == "copy of a neighbour":
                source = (str(chance.choice(near)), str(at))
            sources.append((region, form, str(at), *source))
            touched |= {(region, form), (source[0], form)}
            made[region, form, str(at)] = kind
            if kind == "copy of a neighbour":
                made.setdefault((source[0], form, str(at)), "copied from")
            count += 1
    home = {code: item.form for code, item in book.items.items()}
    plan = pl.DataFrame(
        sources, schema=dict.fromkeys(("region", "form", "period", "from", "when"), pl.String), orient="row"
    )
    keyed = cells.with_columns(form=pl.col("variable").replace_strict(home))
    values = keyed.select(
        "variable",
        "breakdown",
        "form",
        pl.col("region").alias("from"),
        pl.col("period").alias("when"),
        pl.col("state").alias("new_state"),
        pl.col("value").alias("new_value"),
    )
    joined = keyed.join(plan, on=["region", "form", "period"], how="left", maintain_order="left").join(
        values, on=["variable", "breakdown", "form", "from", "when"], how="left", maintain_order="left"
    )
    is_copied = pl.col("new_state").is_not_null()
    done = joined.with_columns(
        state=pl.when(is_copied).then("new_state").otherwise("state"),
        value=pl.when(is_copied).then("new_value").otherwise("value"),
    ).select(cells.columns)
    return Planted(done, planter.kinds, made)


@dataclass
class Found:
    """Findings of one year's last periods, and how many figures were judged."""

    findings: list[CellFinding]
    figures: int
    forms: int
    seconds: float
    flags: dict[str, set[Cell]]
    """Figures that each rival flags."""


def judged(cells: pl.DataFrame, book: RuleBook, rivals: dict[str, float]) -> Found:
    table, kinds, settings = CellTable(cells, book), kinds_file.load(), peers_file.load()
    groups = {region: region[:8] for region in table.regions}
    findings: list[CellFinding] = []
    started, figures, forms = time.perf_counter(), 0, 0
    flags: dict[str, set[Cell]] = defaultdict(set)
    for frequency in Frequency:
        at = last(frequency)
        context = Context(at, region_kind="desa", today=at.last_day)
        told = list(judge_table(table, context).findings)
        told += unusual_in_table(table, spans_of(table, at, settings), context, kinds)
        findings += without_repeats(told)
        own = sorted({i.form for i in book.items.values() if i.frequency is frequency and not i.own_list})
        for form in own:
            findings += copies_in_table(table, Context(at, form, region_kind="desa"), kinds, groups)
        forms += len(own) * len(table.regions)
    seconds = time.perf_counter() - started
    for frequency in Frequency:
        at = last(frequency)
        for item, breakdown in figures_of(book, at):
            figures += len(table.regions)
            now, before = (numbers_of(table, item, breakdown, one) for one in (at, at.preceding))
            scale = 10**item.decimals
            for name, places in rival_flags(
                now.scaled(item) / scale, before.scaled(item) / scale, now.is_filled, before.is_filled, rivals
            ).items():
                flags[name] |= {(table.regions[p], item.code, breakdown, str(at)) for p in places}
    return Found(findings, figures, forms, seconds, flags)


def rival_flags(now, before, is_now, is_before, rivals):
    """Flag by z-scores as their books say; a MAD of 0 is read as the mean absolute deviation (x 1.2533)."""
    made = {}
    both = is_now & is_before
    series = {"level": (now, is_now), "change": (now - before, both)}
    for name, limit in rivals.items():
        kind, of = name.split(" of ")
        values, known = series[of.split(" @")[0]]
        own = values[known]
        if kind == "z":
            spread = own.std()
            score = np.abs(values - own.mean()) / spread if spread else np.zeros(len(values))
        else:
            middle = np.median(own)
            mad = np.median(np.abs(own - middle))
            size = 1.4826 * mad if mad else 1.2533 * np.mean(np.abs(own - middle))
            score = np.abs(values - middle) / size if size else np.zeros(len(values))
        made[name] = np.flatnonzero(known & (score > limit))
    return made


RIVALS = {
    "z of level": 3.0, "modified z of level": 3.5, "z of change": 3.0, "modified z of change": 3.5,
}  # fmt: skip


def cells_of(finding: CellFinding) -> set[Cell]:
    return {(c.region, c.variable, c.breakdown, c.period) for c in finding.cells if isinstance(c, CellPlace)}


GROUPS = {
    "rules and parts": lambda f: f.code not in STATISTICAL and f.severity is not Severity.INFO,
    "unit x1,000": lambda f: f.code == "UNIT_THOUSAND",
    "digits exchanged": lambda f: f.code == "DIGITS_EXCHANGED",
    "jump": lambda f: f.code == "VALUE_JUMPED",
    "peers": lambda f: f.code == "VALUE_OUTLYING",
    "all checks": lambda f: not f.code.startswith("COPIED"),
}
EXACT = {"UNIT_THOUSAND", "DIGITS_EXCHANGED", "COPIED_LAST_YEAR", "COPIED_NEIGHBOUR"}
STATISTICAL = EXACT | {"VALUE_JUMPED", "VALUE_OUTLYING"}


def hits(planted: Planted, flagged: set[Cell]) -> dict[str, tuple[int, int]]:
    made = {}
    for kind in KINDS:
        own = [cell for cell, one in planted.kinds.items() if one == kind]
        made[kind] = (sum(cell in flagged for cell in own), len(own))
    return made


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def report(book: RuleBook, planted: Planted, found: Found, clean: Found) -> str:
    rows = []
    for name, belongs in GROUPS.items():
        own = [one for one in found.findings if belongs(one)]
        flagged = set().union(*(cells_of(one) for one in own)) if own else set()
        wolf = {min(cells_of(one)) for one in clean.findings if belongs(one)}
        rows.append((name, hits(planted, flagged), len(wolf)))
    for name in found.flags:
        rows.append((name, hits(planted, found.flags[name]), len(clean.flags[name])))
    lines = ["| check | " + " | ".join(KINDS) + " | false alarms in 10,000 figures |"]
    lines.append("|---|" + "---:|" * (len(KINDS) + 1))
    for name, own, wolf in rows:
        cells = " | ".join(percent(*own[kind]) for kind in KINDS)
        lines.append(f"| {name} | {cells} | {1e4 * wolf / clean.figures:.1f} |")
    lines.append("")
    lines.append("| copies | planted | found % | false alarms in 10,000 forms |")
    lines.append("|---|---:|---:|---:|")
    codes = {"copy of last year": "COPIED_LAST_YEAR", "copy of a neighbour": "COPIED_NEIGHBOUR"}
    forms = {code: item.form for code, item in book.items.items()}
    for kind, code in codes.items():
        own_findings = [f for f in found.findings if f.code == code]
        told = {(f.place.region, forms[f.cells[0].variable], f.place.period) for f in own_findings}
        own = [key for key, one in planted.forms.items() if one == kind]
        wolf = sum(1 for f in clean.findings if f.code == code)
        share = percent(sum(key in told for key in own), len(own))
        lines.append(f"| {kind} | {len(own)} | {share} | {1e4 * wolf / clean.forms:.1f} |")
    return "\n".join(lines)


def province(book: RuleBook, count: int, seed: int, shift: int) -> pl.DataFrame:
    models = models_of(content.load("sidara.demo", "collected"))
    return simulate_collected(book, models, villages(count, shift), list(YEARS), seed=seed)


def matched(book: RuleBook, count: int) -> dict[str, float]:
    """Find the thresholds at which rivals cry wolf as often as ours, on the tuning seed and villages."""
    clean = judged(province(book, count, TUNING, 0), book, {})
    own = len(
        {min(cells_of(one)) for one in clean.findings if one.code in {"VALUE_JUMPED", "VALUE_OUTLYING"}}
    )
    wanted, made = own / clean.figures, {}
    table = CellTable(province(book, count, TUNING, 0), book)
    scores: dict[str, list[np.ndarray]] = defaultdict(list)
    for frequency in Frequency:
        at = last(frequency)
        for item, breakdown in figures_of(book, at):
            now, before = (numbers_of(table, item, breakdown, one) for one in (at, at.preceding))
            for name in RIVALS:
                scores[name].append(
                    score_of(name, now.scaled(item), before.scaled(item), now.is_filled, before.is_filled)
                )
    for name, all_scores in scores.items():
        limit = float(np.quantile(np.concatenate(all_scores), 1 - wanted))
        made[f"{name} @{limit:.4g}"] = limit
    return made


def score_of(name, now, before, is_now, is_before):
    kind, of = name.split(" of ")
    values, known = (now, is_now) if of == "level" else (now - before, is_now & is_before)
    own = values[known].astype(float)
    made = np.zeros(len(values))
    if not len(own):
        return made
    middle = own.mean() if kind == "z" else np.median(own)
    if kind == "z":
        size = own.std()
    else:
        mad = np.median(np.abs(own - middle))
        size = 1.4826 * mad if mad else 1.2533 * np.mean(np.abs(own - middle))
    made[known] = np.abs(own - middle) / size if size else 0.0
    return made


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seed", type=int, default=62)
    options.add_argument("--villages", type=int, default=1571)
    options.add_argument("--shift", type=int, default=500, help="another number: other villages")
    given = options.parse_args()
    own = rule_book(built(content_file.read(content_file.packaged()).things, classes_file.load()))
    book = own.with_rules(derived(own, kinds_file.load()))
    rivals = RIVALS | matched(book, given.villages)
    cells = province(book, given.villages, given.seed, given.shift)
    planted = plant(cells, book, given.seed)
    clean, found = judged(cells, book, rivals), judged(planted.cells, book, rivals)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print("SIMULASI: example villages, all figures made up.\n")
    print(
        f"Seed {given.seed} (tuning {TUNING}), {given.villages} villages, years {YEARS[0]} and {YEARS[-1]}."
    )
    print(f"{cells.height:,} cells; {clean.figures:,} figures and {clean.forms:,} forms of the last periods.")
    print(f"Planted {len(planted.kinds):,} cells, {2 * FORMS} forms. All checks {clean.seconds:.0f} s.")
    print(f"{machine}, Polars {pl.__version__}, NumPy {np.__version__}.\n")
    print(report(book, planted, found, clean))


if __name__ == "__main__":
    main()
