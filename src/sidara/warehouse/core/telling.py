"""An answer in plain values, the same for commands and the API."""

from decimal import Decimal
from typing import Any

from sidara.warehouse.core.answer import Answer
from sidara.warehouse.core.indicators import IndicatorAnswer


def as_mapping(answer: Answer) -> dict[str, Any]:
    """Give an answer as plain values for JSON; numbers as numbers, moments in ISO 8601 (UTC)."""
    note = answer.dataset
    return {
        "dataset": note
        and {
            "code": note.code,
            "title": note.title,
            "source": note.source,
            "url": note.url,
            "licence": note.licence,
            "retrieved_date": note.retrieved_date.isoformat() if note.retrieved_date else None,
            "simulated": note.is_simulated,
        },
        "operation": answer.query.operation.value,
        "vintage": str(answer.query.vintage),
        "as_of": answer.as_of.isoformat(),
        "register": answer.register,
        "cursor": answer.mark.cursor if answer.mark else None,
        "epoch": answer.mark.epoch if answer.mark else None,
        "definitions": answer.definitions,
        "variables": {
            code: {"label": variable.label, "unit": variable.unit, "decimals": variable.decimals}
            for code, variable in answer.variables.items()
        },
        "figures": [
            {
                "region": figure.region,
                "name": figure.name,
                "kind": figure.kind,
                "period": figure.period,
                "variable": figure.variable,
                "breakdown": figure.breakdown,
                "code": figure.code,
                "value": _plain(figure.value),
                "state": figure.state,
                "reporting": figure.reporting,
                "expected": figure.expected,
                "oldest": figure.oldest.isoformat() if figure.oldest else None,
                "newest": figure.newest.isoformat() if figure.newest else None,
                "definition": figure.definition,
                "flag": figure.flag,
                "level": figure.level,
                "obs_status": figure.obs_status,
            }
            for figure in answer.figures
        ],
        "findings": [finding.flat() for finding in answer.findings],
    }


def indicators_as_mapping(answer: IndicatorAnswer) -> dict[str, Any]:
    """Give indicators as plain values for JSON, with their coverage and what the others lack."""
    note = answer.dataset
    return {
        "dataset": note and {"code": note.code, "title": note.title, "simulated": note.is_simulated},
        "as_of": answer.as_of.isoformat(),
        "indicators": {
            code: {
                "label": one.name,
                "unit": one.unit,
                "decimals": one.decimals,
                "formula": one.formula,
                "confidence": str(one.confidence),
            }
            for code, one in answer.indicators.items()
        },
        "figures": [
            {
                "region": one.region,
                "name": one.name,
                "indicator": one.indicator,
                "period": one.period,
                "value": _plain(one.value),
                "reporting": one.reporting,
                "expected": one.expected,
                "missing": {state.value: count for state, count in sorted(one.missing.items())},
                "level": one.level,
                "newest": one.newest.isoformat() if one.newest else None,
                "terms": {name: _plain(value) for name, value in one.terms.items()},
            }
            for one in answer.figures
        ],
        "findings": [finding.flat() for finding in answer.findings],
    }


def _plain(value: Decimal | None) -> int | float | None:
    """Give a decimal as a JSON number."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
