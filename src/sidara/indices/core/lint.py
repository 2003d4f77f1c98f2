"""Is a definition whole? Judged at load: the tree, the items, each rule over its whole domain, the classes.

A rule is tried at every point where something can change: the limits that its item's rules name, just
below and above them, the ends of the domain, and every choice. Exact, so a gap of 0.01 is found.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

from sidara import expressions
from sidara.expressions.nodes import Constant, Expression, walk
from sidara.indices.core.answers import NOT_SAID
from sidara.indices.core.definition import Aggregation, Definition, Input, InputType, Item, Level, Version
from sidara.indices.core.scoring import natural_highest, shares
from sidara.indices.core.spans import components, exactness
from sidara.kernel.finding import Finding, Place, Severity

type Value = Fraction | str | bool | None

LAST_YEAR = 2100
MOST_POINTS = 20_000
STEP = Fraction(1, 100_000)


def lint(definition: Definition) -> tuple[Finding, ...]:
    """Give all that is wrong in a definition; empty when it is whole."""
    findings = list(_versions(definition))
    for version in definition.versions:
        tree = list(_tree(version))
        findings += tree
        findings += _items(version)
        findings += _thresholds(version)
        for item in version.items:
            findings += _rules(item, version)
        if not tree:
            findings += _maxima(version)
            findings += _groups(version)
            findings += _gains(version)
            findings += _spans(version)
    return tuple(findings)


def _fault(code: str, message: str, remedy: str, column: str | None = None) -> Finding:
    return Finding(code, message, remedy, Severity.ERROR, Place(column=column))


def _versions(definition: Definition) -> Iterator[Finding]:
    for earlier, later in pairwise(definition.versions):
        if (earlier.valid_to or LAST_YEAR) >= later.valid_from:
            yield _fault(
                "VERSIONS_OVERLAP",
                f"Versi {earlier.code} dan {later.code} berlaku pada tahun yang sama.",
                "Urutkan versi menurut tahun dan isi valid_to versi yang lama.",
            )


def _tree(version: Version) -> Iterator[Finding]:
    """One top, known parents, no circle, nothing empty, weights above zero, goalposts where needed."""
    codes = [level.code for level in version.levels]
    for code, count in Counter(codes).items():
        if count > 1:
            yield _fault("LEVEL_DUPLICATE", f"Tingkat {code} tertulis {count} kali.", "Sisakan satu.", code)
    if sum(level.parent is None for level in version.levels) != 1:
        yield _fault(
            "LEVEL_TOP", "Harus ada tepat satu tingkat tanpa parent.", "Isi parent pada tingkat lain."
        )
        return
    for level in version.levels:
        yield from _level(level, version, codes)


def _level(level: Level, version: Version, codes: list[str]) -> Iterator[Finding]:
    if level.parent is not None and level.parent not in codes:
        yield _fault(
            "LEVEL_UNKNOWN",
            f"Tingkat {level.code} menunjuk parent {level.parent} yang tidak ada.",
            f"Pilih salah satu: {', '.join(codes)}.",
            level.code,
        )
    seen, parent = {level.code}, level.parent
    parents = {one.code: one.parent for one in version.levels}
    while parent is not None and parent in parents:
        if parent in seen:
            yield _fault(
                "LEVEL_CIRCLE", f"Tingkat {level.code} berputar pada parent-nya.", "Luruskan.", level.code
            )
            return
        seen.add(parent)
        parent = parents[parent]
    children: tuple[Item | Level, ...] = (*version.levels_of(level.code), *version.items_of(level.code))
    if not children:
        yield _fault(
            "LEVEL_EMPTY", f"Tingkat {level.code} tidak punya isi.", "Beri butir atau tingkat.", level.code
        )
    if level.weight <= 0 or any(child.weight <= 0 for child in children):
        yield _fault(
            "WEIGHT", f"Bobot pada {level.code} harus lebih dari nol.", "Perbaiki bobotnya.", level.code
        )
    if level.aggregation is Aggregation.MIN_MAX and (level.goalposts is None or len(children) != 1):
        yield _fault(
            "GOALPOSTS",
            f"Tingkat {level.code} memakai min_max: perlu goalposts dan tepat satu isi.",
            "Isi goalposts minimum dan maximum.",
            level.code,
        )


def _items(version: Version) -> Iterator[Finding]:
    """Each item once, on a known level, its inputs the same wherever they stand; quirks name items."""
    for code, count in Counter(item.code for item in version.items).items():
        if count > 1:
            yield _fault("ITEM_DUPLICATE", f"Butir {code} tertulis {count} kali.", "Sisakan satu.", code)
    levels = {level.code for level in version.levels}
    inputs: dict[str, tuple[str, Input]] = {}
    for item in version.items:
        if item.level not in levels:
            yield _fault(
                "LEVEL_UNKNOWN",
                f"Butir {item.code} menunjuk tingkat {item.level} yang tidak ada.",
                f"Pilih salah satu: {', '.join(sorted(levels))}.",
                item.code,
            )
        for one in item.inputs:
            first, known = inputs.setdefault(one.name, (item.code, one))
            if known != one:
                yield _fault(
                    "INPUT_CONFLICT",
                    f"Masukan {one.name} pada {item.code} lain jenis, satuan atau batasnya dari {first}.",
                    "Samakan, atau beri nama lain.",
                    item.code,
                )
        yield from _item(item, version)
    for quirk in version.quirks:
        if quirk.item not in version.by_code:
            yield _fault(
                "QUIRK_ITEM", f"Kelainan menunjuk butir {quirk.item} yang tidak ada.", "Perbaiki kodenya."
            )


def _item(item: Item, version: Version) -> Iterator[Finding]:
    used = {name for one in (*item.derived, *item.rules) for name in _names(one)}
    for one in item.inputs:
        if one.name not in used and item.measure is None and one.is_read:
            yield _fault(
                "INPUT_UNUSED",
                f"Masukan {one.name} pada {item.code} tidak dipakai aturan mana pun.",
                "Pakai dalam aturan atau hapus.",
                item.code,
            )
    if item.measure is not None and [one.decimals for one in item.inputs] != [item.measure.decimals]:
        yield _fault(
            "MEASURE",
            f"Butir ukuran {item.code} harus punya tepat satu masukan dengan desimal yang sama.",
            "Samakan decimals, atau hapus masukan yang lain.",
            item.code,
        )
    low, high = version.points or (None, None)
    for score in sorted({score for rule in item.rules for score in rule.possible}):
        if low is not None and high is not None and not low <= score <= high:
            yield _fault(
                "SCORE_OUTSIDE",
                f"Skor {score} pada {item.code} di luar {low} sampai {high}.",
                "Perbaiki skornya atau batas points.",
                item.code,
            )
    scores = {score for rule in item.rules for score in rule.possible}
    for score, _ in item.observed:
        if score not in scores:
            yield _fault(
                "OBSERVED_SCORE",
                f"Skor {score} teramati pada {item.code} tetapi tidak ada aturannya.",
                "Tambah aturan atau perbaiki hitungan teramati.",
                item.code,
            )


def _names(part: object) -> tuple[str, ...]:
    expression = getattr(part, "when", None) or getattr(part, "expression", None)
    return expression.names if isinstance(expression, Expression) else ()


def _maxima(version: Version) -> Iterator[Finding]:
    """Say what the file says of maxima and gains must follow from its items and weights."""
    for level in version.levels:
        whole = natural_highest(version, level)
        if level.points is not None and whole != level.points:
            yield _fault(
                "LEVEL_POINTS",
                f"Nilai tertinggi {level.code} tertulis {level.points}, tetapi butirnya berjumlah {whole}.",
                "Periksa butir, bobot, atau points.",
                level.code,
            )


def _groups(version: Version) -> Iterator[Finding]:
    """Say where a group states another number of items, or other points, than its items have."""
    for group in version.groups:
        items = [one for one in version.items_below(group.level) if one.subdimension == group.name]
        points = sum((one.maximum for one in items), Fraction(0))
        if (len(items), points) != (group.items, group.points):
            yield _fault(
                "GROUP",
                f"Kelompok {group.name} tertulis {group.items} butir dan {group.points} poin, "
                f"padahal isinya {len(items)} butir dan {points} poin.",
                "Periksa subdimension pada butir, atau items dan points pada kelompok.",
                group.level,
            )


def _gains(version: Version) -> Iterator[Finding]:
    """Compare the gain per point that an item states with what the levels give."""
    stated = [item for item in version.items if item.gain_per_point is not None]
    known = shares(version) if stated else None
    for item in stated if known is not None else ():
        gain = known[item.code] if known is not None else None
        if gain != item.gain_per_point:
            yield _fault(
                "GAIN",
                f"Tambahan per poin {item.code} tertulis {item.gain_per_point}, padahal seharusnya {gain}.",
                "Periksa gain_per_point, bobot, atau tingkat.",
                item.code,
            )


def _spans(version: Version) -> Iterator[Finding]:
    """Say where the span of missing answers could not be exact: refused rather than nearly right."""
    for first, _ in version.segments(LAST_YEAR):
        for component in components(version, first):
            strange = exactness(component, first)
            if strange is not None:
                yield _fault(
                    "SPAN_INEXACT",
                    f"Aturan {strange} memakai beberapa jawaban dalam bentuk yang selangnya tidak pasti.",
                    "Bandingkan jawaban, jumlah, selisih, hasil kali atau hasil baginya saja.",
                    strange,
                )
            levels = {item.level for item in component.items}
            if len(component.items) > 1 and (len(levels) > 1 or shares(version) is None):
                names = ", ".join(item.code for item in component.items)
                yield _fault(
                    "INPUT_SHARED",
                    f"Butir {names} memakai jawaban yang sama, tetapi tidak dijumlahkan pada satu tingkat.",
                    "Pakai jawaban bersama hanya di bawah satu tingkat dari indeks berjumlah atau rata-rata.",
                    component.items[0].code,
                )


def _rules(item: Item, version: Version) -> Iterator[Finding]:
    """Each rule can fire, and whatever the answer, one does; for each span of years with its own rules."""
    if not item.rules:
        return
    silent: set[int] = set()
    for first, last in version.segments(LAST_YEAR):
        rules = item.rules_in(first)
        span = f"{first}" if first == last else f"{first}-{last}"
        if not rules:
            yield _fault(
                "RULE_GAP", f"Butir {item.code} tidak punya aturan pada {span}.", "Tambah.", item.code
            )
            continue
        evaluators = [expressions.to_python(rule.when) for rule in rules]
        fired: set[int] = set()
        gap: dict[str, Value] | None = None
        for record in _domain(item, [rule.when for rule in rules], first):
            winner = next((at for at, holds in enumerate(evaluators) if holds(record) is True), None)
            if winner is None:
                gap = gap or record
            else:
                fired.add(winner)
        if gap is not None:
            said = ", ".join(f"{name} = {_say(value)}" for name, value in gap.items())
            yield _fault(
                "RULE_GAP",
                f"Pada {item.code} ({span}) tidak ada aturan untuk {said}.",
                "Tambah aturan atau luaskan aturan yang ada.",
                item.code,
            )
        for at, rule in enumerate(rules):
            if at not in fired and id(rule) not in silent:
                silent.add(id(rule))
                yield _fault(
                    "RULE_UNREACHABLE",
                    f"Aturan '{rule.when.text}' pada {item.code} ({span}) tidak pernah tercapai.",
                    "Hapus, atau letakkan sebelum aturan yang lebih luas.",
                    item.code,
                )


def _say(value: Value) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case Fraction():
            return f"{float(value):g}"
        case _:
            return str(value)


def _domain(item: Item, whens: list[Expression], year: int) -> Iterator[dict[str, Value]]:
    """Every answer that matters to the rules, as records of the names that they read."""
    names = list(dict.fromkeys(name for when in whens for name in when.names))
    inputs = {one.name: one for one in item.inputs}
    limits = sorted(
        {
            node.value
            for when in whens
            for node in walk(when.root)
            if isinstance(node, Constant) and isinstance(node.value, Fraction)
        }
    )
    points: list[list[Value]] = []
    for name in names:
        if name == expressions.PERIOD_YEAR:
            points.append([Fraction(year)])
        elif name in inputs:
            points.append(_values(inputs[name], limits))
        else:
            points.append([*_around(limits, STEP, Fraction(0), None)])
    for at, record in enumerate(product(*points)):
        if at >= MOST_POINTS:
            return
        yield dict(zip(names, record, strict=True))


def _values(one: Input, limits: list[Fraction]) -> list[Value]:
    match one.type:
        case InputType.YES_NO:
            return [True, False]
        case InputType.CHOICE:
            return [*one.choices, *([NOT_SAID] if one.is_optional else [])]
        case _:
            step = Fraction(1, 10**one.decimals)
            return [*_around(limits, step, one.minimum, one.maximum)]


def _around(
    limits: list[Fraction], step: Fraction, low: Fraction | None, high: Fraction | None
) -> list[Fraction]:
    """Give the limits, one step beside them, and the ends of the domain, all inside it and on its grid."""
    around = {limit + shift for limit in limits for shift in (-step, Fraction(0), step)}
    ends = {end for end in (low, high) if end is not None}
    far = {max([*around, *ends, Fraction(0)]) * 2 + 10} if high is None else set()
    points = sorted(around | ends | far)
    return [
        point
        for point in points
        if (low is None or point >= low)
        and (high is None or point <= high)
        and (point / step).denominator == 1
    ]


def _thresholds(version: Version) -> Iterator[Finding]:
    """Classes rise without gap or overlap; each class but the first or last has both limits."""
    thresholds = version.thresholds
    step = Fraction(1, 10**thresholds.decimals) if thresholds.is_upper_closed else Fraction(0)
    for lower, upper in pairwise(thresholds.classes):
        if lower.maximum is None or upper.minimum is None or upper.minimum != lower.maximum + step:
            yield _fault(
                "THRESHOLD_GAP",
                f"Batas {lower.status} dan {upper.status} tidak bersambung.",
                f"minimum {upper.code} harus tepat satu langkah di atas maximum {lower.code}.",
                upper.code,
            )
        if lower.minimum is not None and lower.maximum is not None and lower.minimum > lower.maximum:
            yield _fault(
                "THRESHOLD_ORDER", f"Batas {lower.status} terbalik.", "Tukar minimum dan maximum.", lower.code
            )
    codes = Counter(one.code for one in thresholds.classes)
    for code, count in codes.items():
        if count > 1:
            yield _fault("CLASS_DUPLICATE", f"Status {code} tertulis {count} kali.", "Sisakan satu.", code)
