"""The language of rules, indicators, relevance and index items: a scalar subset of SQL.

One parse, several evaluators that agree to the last digit: `to_python` for one record, `to_polars` for a
table in memory, `to_javascript` for the device; the warehouse has the fourth. Names are checked, nothing is
cast silently, numbers are exact ratios, `x / 0` and a comparison with null are null. `parse` reads
expressions over plain names; `read` reads the whole language over a `Vocabulary`, and `bind` fixes it to a
period for a `Subject`. Words: expression, name, kind, record, ratio; vocabulary, slot, subject, sheet.
Pure furniture; knows no room.
"""

from sidara.expressions.binding import Bound, Slot, bind
from sidara.expressions.frame import to_polars, to_ratio
from sidara.expressions.nodes import PERIOD_YEAR, Expression, ExpressionFault, Kind
from sidara.expressions.reader import parse, read
from sidara.expressions.record import Evaluator, Record, Value, to_python
from sidara.expressions.script import subject_for_device, to_javascript
from sidara.expressions.subject import Row, Subject, Tables, missing, record
from sidara.expressions.vocabulary import Classes, Time, Variable, Vocabulary

__all__ = [
    "PERIOD_YEAR",
    "Bound",
    "Classes",
    "Evaluator",
    "Expression",
    "ExpressionFault",
    "Kind",
    "Record",
    "Row",
    "Slot",
    "Subject",
    "Tables",
    "Time",
    "Value",
    "Variable",
    "Vocabulary",
    "bind",
    "missing",
    "parse",
    "read",
    "record",
    "subject_for_device",
    "to_javascript",
    "to_polars",
    "to_python",
    "to_ratio",
]
