"""The structure of what villages fill in: the data set and a variable for each that a form asks."""

from sidara.collection import models
from sidara.collection.core import COLLECTION, ValueType
from sidara.collection.core.answering import Asking
from sidara.collection.core.bringing import require_bringing
from sidara.dictionary.core import Column, Variable
from sidara.kernel.actor import Actor

_TITLE = "Isian desa"
_SOURCE = "Pemerintah desa dan kelurahan"
_MADE_UP = "Pembangkit angka SIDARA, bukan hasil pendataan"
_LICENCE = "menurut kerahasiaan tiap elemen"


def keep_structure(actor: Actor, *, code: str, asking: Asking) -> models.DataSet:
    """Give the data set with a variable for everything that the form asks; makes what is not there yet."""
    require_bringing(actor)
    row, _ = models.DataSet.objects.get_or_create(
        code=code,
        defaults={
            "title": _TITLE if code == COLLECTION else f"SIMULASI {_TITLE.lower()}",
            "source": _SOURCE if code == COLLECTION else _MADE_UP,
            "licence": _LICENCE,
            "retrieved_date": "1970-01-01",
            "code_scheme": "kemendagri",
            "measure": "actual",
            "is_simulated": code != COLLECTION,
        },
    )
    known = set(models.Variable.objects.filter(dataset=row).values_list("code", flat=True))
    wanted: dict[str, Variable | Column] = {**asking.variables, **asking.columns}
    models.Variable.objects.bulk_create(
        _variable(row, one) for code, one in wanted.items() if code not in known
    )
    models.Variable.objects.bulk_create(
        models.Variable(dataset=row, code=one.code, label=one.name, decimals=0, type=ValueType.TEXT)
        for one in asking.lists.values()
        if one.code not in known
    )
    return row


def _variable(row: models.DataSet, one: Variable | Column) -> models.Variable:
    kind = ValueType.NUMBER if one.is_number else ValueType.CHOICE if one.is_choice else ValueType.TEXT
    return models.Variable(
        dataset=row,
        code=one.code,
        label=one.name,
        unit=one.unit[:32],
        decimals=one.decimals or 0,
        type=kind,
        choices=[{"code": option.code, "label": option.label} for option in one.options],
    )
