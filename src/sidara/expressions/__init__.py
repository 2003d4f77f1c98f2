"""The language of rules, indicators, relevance and index items: a scalar subset of SQL.

One parse, several evaluators that agree to the last digit: `to_python` for one record, `to_polars` for a
table in memory. Names are checked, nothing is cast silently, numbers are exact ratios, `x / 0` and a
comparison with null are null. Words: expression, name, kind, record, ratio. Pure furniture; knows no room.
"""

from sidara.expressions.frame import to_polars, to_ratio
from sidara.expressions.nodes import PERIOD_YEAR, Expression, ExpressionFault, Kind
from sidara.expressions.reader import parse
from sidara.expressions.record import to_python

__all__ = [
    "PERIOD_YEAR",
    "Expression",
    "ExpressionFault",
    "Kind",
    "parse",
    "to_polars",
    "to_python",
    "to_ratio",
]
