"""The structure of what villages fill in: the data set and a variable for each that a form asks."""

from sidara.collection import models
from sidara.collection.core import COLLECTION, Aggregation, ValueType
from sidara.collection.core.answering import Asking
from sidara.collection.core.bringing import require_bringing
from sidara.dictionary.core import Column, Type, Variable
from sidara.kernel.actor import Actor
from sidara.kernel.clock import Clock, local_date, now

_TITLE = "Isian desa"
_SOURCE = "Pemerintah desa dan kelurahan"
_MADE_UP = "Pembangkit angka SIDARA, bukan hasil pendataan"
_LICENCE = "menurut kerahasiaan tiap elemen"


def structure_kept(actor: Actor, *, code: str, asking: Asking) -> models.DataSet | None:
    """Give the data set where it has a variable, as the form says it, for everything that the form asks."""
    require_bringing(actor)
    row = models.DataSet.objects.filter(code=code).first()
    if row is None:
        return None
    made = _variables(row, asking)
    rows = models.Variable.objects.filter(dataset=row, code__in=[one.code for one in made])
    known = {one[0]: one[1:] for one in rows.values_list("code", *_SAID)}
    return row if all(known.get(one.code) == _said(one) for one in made) else None


def keep_structure(actor: Actor, *, code: str, asking: Asking, clock: Clock = now) -> models.DataSet:
    """Give the data set with a variable for everything that the form asks; makes what is not there yet.

    Its date is the day when its first answer came.
    """
    require_bringing(actor)
    row, _ = models.DataSet.objects.get_or_create(
        code=code,
        defaults={
            "title": _TITLE if code == COLLECTION else f"SIMULASI {_TITLE.lower()}",
            "source": _SOURCE if code == COLLECTION else _MADE_UP,
            "licence": _LICENCE,
            "retrieved_date": local_date(clock()),
            "code_scheme": "kemendagri",
            "measure": "actual",
            "is_simulated": code != COLLECTION,
        },
    )
    made = _variables(row, asking)
    known = {one.code: one for one in models.Variable.objects.filter(dataset=row)}
    models.Variable.objects.bulk_create(one for one in made if one.code not in known)
    moved = [one for one in made if one.code in known and _said(one) != _said(known[one.code])]
    for one in moved:
        one.pk = known[one.code].pk
    models.Variable.objects.bulk_update(moved, _SAID)
    return row


_SAID = ("label", "unit", "decimals", "type", "choices", "aggregation")
"""What the dictionary says of a variable; the newest form that is opened holds."""


def _said(one: models.Variable) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in _SAID)


def _variables(row: models.DataSet, asking: Asking) -> list[models.Variable]:
    """Give the rows of all that a form asks, its lists included."""
    wanted: dict[str, Variable | Column] = {**asking.variables, **asking.columns}
    lists = [
        models.Variable(dataset=row, code=one.code, label=one.name, decimals=0, type=ValueType.TEXT)
        for one in asking.lists.values()
    ]
    return [*(_variable(row, one) for one in wanted.values()), *lists]


def _variable(row: models.DataSet, one: Variable | Column) -> models.Variable:
    """Give the row of an element: numbers and truths (1 = yes) are numbers, one choice is a choice."""
    is_number = one.is_number or one.type is Type.YES_NO
    kind = ValueType.NUMBER if is_number else ValueType.CHOICE if one.type is Type.CHOICE else ValueType.TEXT
    adds_up = isinstance(one, Variable) and one.adds_up
    return models.Variable(
        dataset=row,
        code=one.code,
        label=one.name,
        unit=one.unit[:32],
        decimals=one.decimals or 0,
        type=kind,
        choices=[{"code": option.code, "label": option.label} for option in one.options],
        aggregation=Aggregation.SUM if adds_up else Aggregation.NONE,
    )
