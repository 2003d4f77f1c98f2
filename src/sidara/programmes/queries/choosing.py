"""Choosing villages by a rule over what is known of them today, or by a list that is reviewed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sidara.collection import queries as collection
from sidara.collection.core import COLLECTION, EXAMPLES, DataSet, ValueType, Variable
from sidara.expressions import Kind
from sidara.indices import queries as indices
from sidara.indices.queries import CollectedQuery
from sidara.kernel.actor import Actor, require
from sidara.programmes.core.choosing import Chosen, Held, Named, choose, names_used
from sidara.programmes.core.targets import is_of_plan
from sidara.programmes.queries.rights import READ
from sidara.regions import queries as regions
from sidara.regions.core import DESA, Region, bare
from sidara.regions.core import Level as Depth
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core import Query

STATUS = "STATUS"
INDEX = "index:"
"""Begins the data set of names that are computed of answers: `index:idm`."""


def rule_names(actor: Actor, *, is_simulated: bool) -> Mapping[str, Named]:
    """Give the names that a rule over villages of one world may use, by name.

    A variable of a published data set is called by its code with `_` for the dot (`IDM_S34`), an element of
    the dictionary by its code (`KES_003`). For example villages the index is computed of their answers, under
    the same names.
    """
    require(actor, READ)
    found: dict[str, Named] = {}
    for dataset in _datasets(actor, is_simulated=is_simulated):
        for variable in collection.variables(actor, dataset.code):
            one = _named(dataset, variable)
            if one is not None:
                found.setdefault(one.name, one)
    if is_simulated:
        for index in indices.definitions(actor):
            held = f"{INDEX}{index.slug}"
            for item in index.versions[-1].items:
                name = f"{index.code}_{item.variable}"
                found.setdefault(name, Named(name, item.name, Kind.NUMBER, held, item.code))
            name = f"{index.code}_{STATUS}"
            codes = tuple(one.code for one in index.versions[-1].thresholds.classes)
            found.setdefault(name, Named(name, f"Status {index.name}", Kind.TEXT, held, STATUS, codes))
    return found


def choose_by_rule(actor: Actor, rule: str, *, area: str, is_simulated: bool) -> Chosen:
    """Choose villages of an area by a rule: which, by which figures, and of which it cannot be told.

    Kelurahan are not asked about. What is wrong with the rule stands in `findings`.
    """
    require(actor, READ)
    known = rule_names(actor, is_simulated=is_simulated)
    used, findings = names_used(rule, known)
    if findings:
        return Chosen(rule, findings=findings)
    places = [one for one in regions.villages(actor, area, examples=is_simulated) if one.kind.value in DESA]
    figures: dict[str, dict[str, Held]] = {one.code: {} for one in places}
    for dataset in dict.fromkeys(one.dataset for one in used):
        own = [one for one in used if one.dataset == dataset]
        rows = _computed(actor, own, area) if dataset.startswith(INDEX) else _asked(actor, own, area)
        for code, name, held in rows:
            if code in figures:
                figures[code][name] = held
    return choose(rule, known, [(one.code, one.name) for one in places], figures)


@dataclass(frozen=True, slots=True)
class Read:
    """A line of a list as it was read: the village, or those it may mean (none = nobody knows it)."""

    text: str
    village: Region | None = None
    offered: tuple[Region, ...] = ()


def read_list(actor: Actor, text: str, *, area: str, is_simulated: bool) -> tuple[Read, ...]:
    """Read villages by code or name, one a line (or between commas), each to be reviewed.

    A code, or a name that only one village of the area bears, is taken; a name of several or one that is
    merely alike is offered, never guessed.
    """
    require(actor, READ)
    places = regions.villages(actor, area, examples=is_simulated)
    codes = {bare(one.code): one for one in places}
    names: dict[str, list[Region]] = {}
    for one in places:
        names.setdefault(one.name.casefold(), []).append(one)
    return tuple(_read(actor, line, area, codes, names) for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    for line in text.replace(";", "\n").replace(",", "\n").splitlines():
        if line.strip():
            yield " ".join(line.split())


def _read(
    actor: Actor, line: str, area: str, codes: Mapping[str, Region], names: Mapping[str, Sequence[Region]]
) -> Read:
    by_code = codes.get(bare(line))
    if by_code is not None:
        return Read(line, by_code)
    plain = line.casefold().removeprefix("desa ").strip()
    found = names.get(plain) or names.get(line.casefold()) or ()
    if len(found) == 1:
        return Read(line, found[0])
    if found:
        return Read(line, offered=tuple(found))
    alike = [one.region for one in regions.find(actor, line, limit=5, under=area)]
    known = {one.code for one in codes.values()}
    return Read(line, offered=tuple(one for one in alike if one.level is Depth.VILLAGE and one.code in known))


def _datasets(actor: Actor, *, is_simulated: bool) -> tuple[DataSet, ...]:
    """Give the data sets about the villages of a world: those with made-up answers hold example villages."""
    open_ = warehouse.open_datasets(actor)
    if is_simulated:
        return tuple(one for one in open_ if one.code == EXAMPLES)
    real = [one for one in open_ if not one.is_simulated and not is_of_plan(one.code)]
    return tuple(sorted(real, key=lambda one: (one.code == COLLECTION, one.code)))


def _named(dataset: DataSet, variable: Variable) -> Named | None:
    if variable.type is ValueType.TEXT:
        return None
    is_number = variable.type is ValueType.NUMBER
    return Named(
        variable.code.replace(".", "_"),
        variable.label,
        Kind.NUMBER if is_number else Kind.TEXT,
        dataset.code,
        variable.code,
        tuple(one.code for one in variable.choices),
    )


def _asked(actor: Actor, names: Sequence[Named], area: str) -> Iterator[tuple[str, str, Held]]:
    by_variable = {one.variable: one for one in names}
    answer = warehouse.ask(actor, Query(names[0].dataset, tuple(sorted(by_variable)), under=area))
    for one in answer.figures:
        named = by_variable[one.variable]
        value: Any = one.value if named.kind is Kind.NUMBER else one.code
        yield one.region, named.name, Held(value, one.period or "")


def _computed(actor: Actor, names: Sequence[Named], area: str) -> Iterator[tuple[str, str, Held]]:
    """Read items and status of an index that is computed of answers; a span of scores is not known."""
    index = indices.definition(actor, names[0].dataset.removeprefix(INDEX))
    if index is None:
        return
    found = indices.collected(actor, index, CollectedQuery(EXAMPLES, under=area, least_level=None))
    period = str(found.year or "")
    status = next((one for one in names if one.variable == STATUS), None)
    if status is not None:
        for one in found.villages:
            value = None if one.is_between else one.status
            yield one.region, status.name, Held(value, period)
    codes = {bare(one.region): one.region for one in found.villages}
    rows = found.frame.iter_rows(named=True) if found.frame is not None else ()
    items = [one for one in names if one.variable != STATUS]
    for row in rows:
        code = codes.get(bare(str(row["kode"])))
        for item in items:
            figure = row.get(item.variable)
            if code is not None:
                yield code, item.name, Held(None if figure is None else Decimal(str(figure)), period)
