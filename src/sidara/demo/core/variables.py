"""The variables of a simulated index, as `collection` wants them: answers, item scores, levels, status."""

import re
from decimal import Decimal

from sidara.collection.core import Choice, ValueType, Variable
from sidara.indices.core import Item, Version
from sidara.indices.core.definition import Input, InputType
from sidara.indices.core.evaluate import STATUS
from sidara.indices.core.variables import variable

SPAN = {"_MIN": ", paling rendah", "_MAX": ", paling tinggi"}
YES_NO = (Choice("true", "Ya", "true"), Choice("false", "Tidak", "false"))


def variables(version: Version, index: str) -> tuple[Variable, ...]:
    """Give answers (`IDM.waktu_sarkes_menit`), item scores (`IDM.S01`), levels (`IDM.IKS`) and the status.

    Where a figure is not sure there is none: the ends of its span are figures of their own (`ID.SKOR_MIN`,
    `ID.SKOR_MAX`).
    """
    answers = {one.name: _answer(one, item, index) for item in version.items for one in item.read_inputs}
    scores = [
        Variable(variable(index, item.variable), item.name, "skor", 0, ValueType.NUMBER)
        for item in version.items
    ]
    levels = [
        Variable(variable(index, f"{level.code}{end}"), f"{level.name}{words}", "indeks", 4, ValueType.NUMBER)
        for level in version.levels
        for end, words in (("", ""), *(SPAN.items() if level is version.top and _is_open(version) else ()))
    ]
    classes = tuple(Choice(one.code, one.status.title(), one.status) for one in version.thresholds.classes)
    status = Variable(variable(index, STATUS.upper()), "Status", "", 0, ValueType.CHOICE, classes)
    return (*answers.values(), *scores, *levels, status)


def _is_open(version: Version) -> bool:
    """Say whether a score can be open though everything is answered: the published facts do not decide it."""
    return any(rule.score is None for item in version.items for rule in item.rules)


def _answer(one: Input, item: Item, index: str) -> Variable:
    """Describe an input; its label is the item's question when nothing else belongs to it."""
    words = _words(one.name)
    label = item.question if item.question and len(item.inputs) == 1 else words
    code = variable(index, one.name)
    match one.type:
        case InputType.YES_NO:
            return Variable(code, label, "", 0, ValueType.CHOICE, YES_NO)
        case InputType.CHOICE:
            options = tuple(Choice(name, _words(name), name) for name in one.choices)
            return Variable(code, label, "", 0, ValueType.CHOICE, options)
        case _:
            lowest = None if one.minimum is None else Decimal(int(one.minimum))
            return Variable(code, label, one.unit or "", one.decimals, ValueType.NUMBER, minimum=lowest)


def _words(name: str) -> str:
    """Write a name of the definition as words (`1_3_hari`: `1 sampai 3 hari`)."""
    return re.sub(r"(?<=\d)_(?=\d)", " sampai ", name).replace("_", " ").capitalize()
