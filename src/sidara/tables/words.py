"""Values of typed files as their shortest text."""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal


def shortest(number: float) -> str:
    """Write a number in the fewest digits that give it back: `5`, `0.92`, `NaN`, `1e+308`."""
    if math.isnan(number):
        return "NaN"
    if number.is_integer() and abs(number) < 1e16:
        return str(int(number))
    return repr(number)


def text_of(value: object) -> str | None:  # noqa: PLR0911 - one line for each type
    """Write any value of a typed file; dates in ISO 8601, a midnight as its day."""
    match value:
        case None:
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return shortest(value)
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case timedelta():
            return str(value)
        case _:
            return str(value)
