"""The rules on the device: the runtime that browsers get judges the same records as Python, rule by rule."""

import pytest

from sidara.checks.core import Context, judge, programme
from sidara.checks.core.judge import stands
from sidara.expressions import record
from sidara.warehouse.engines import device
from tests.checks import reference, rule_cases
from tests.checks.test_rules import CASES, only


@pytest.fixture(scope="module")
def book():
    return reference.book(with_derived=False)


def test_every_rule_holds_and_fails_on_the_device_as_in_python(book):
    """Each rule of the dictionary with the cells of `cases/rules.txt`, with which it holds and fails."""
    judged = 0
    with device.Device() as node:
        for case in CASES:
            own = only(book, case.code)
            for text, holds in ((case.holds, True), (case.fails, False)):
                cells, context = rule_cases.given(own, case, text)
                for task in tasks(own, context):
                    for stand in stands(task, cells, context):
                        for part in [task.holds, *([task.when] if task.when else [])]:
                            expected = part.value_of(record(part.bound, stand.subject, context.tables))
                            found = node.evaluate(part.bound, [stand.subject], context.tables)
                            assert found == [expected], (case.code, part.bound.text)
                            judged += 1
                assert (judge(cells, own, context).failed > 0) == (not holds)
    assert judged > 2 * len(CASES)


def tasks(book, context: Context):
    return programme(book, context.period, context.form)
