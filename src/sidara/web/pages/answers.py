"""What a village answered, written out: the answers behind an item's score."""

from collections.abc import Mapping
from decimal import Decimal

from sidara.collection.core import Variable
from sidara.indices.core import Item
from sidara.indices.core.definition import Input
from sidara.ui.language import format_number, say
from sidara.warehouse.core import Figure
from sidara.web.pages import fields
from sidara.web.pages.index import Edition


def of_items(
    edition: Edition, figures: Mapping[str, Figure], variables: Mapping[str, Variable]
) -> dict[str, str]:
    """Write the answers of each item by its code; none where no answers are known.

    `figures` and `variables` by the name of the variable.
    """
    asked = {code for code in variables if code in figures}
    if not any(edition.variable(one.name) in asked for one in edition.scale.inputs):
        return {}
    return {item.code: _of_item(edition, item, figures, variables) for item in edition.scale.items}


def _of_item(
    edition: Edition, item: Item, figures: Mapping[str, Figure], variables: Mapping[str, Variable]
) -> str:
    """Join the answers of an item, each with its name where there are several."""
    told = []
    for one in item.read_inputs:
        code = edition.variable(one.name)
        text = _text(one, figures.get(code), variables.get(code))
        named = f"{fields.input_label(one, variables.get(code))}: {text}"
        told.append(text if len(item.read_inputs) == 1 else named)
    return "; ".join(told)


def _text(one: Input, figure: Figure | None, variable: Variable | None) -> str:
    """Write one answer: a choice by its word, a number with its unit."""
    if figure is None or variable is None:
        return say("belum diketahui")
    if figure.code is not None:
        labels = {choice.code: choice.label for choice in variable.choices}
        return say(fields.spelled(labels.get(figure.code, figure.code)))
    value = figure.value or Decimal(0)
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    return f"{format_number(value, decimals)} {say(one.unit or '')}".strip()
