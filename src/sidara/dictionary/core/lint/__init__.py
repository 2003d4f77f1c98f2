"""What is wrong with a dictionary as a whole. Each finding names the file, the entry, the key and the remedy.

Every fault has a malformed example under `tests/dictionary/cases/malformed`.
"""

from collections.abc import Iterable

from sidara.dictionary.core.dictionary import Dictionary
from sidara.dictionary.core.expressions import readings
from sidara.dictionary.core.lint import asked, dated, whole, written
from sidara.dictionary.core.lint.context import Context, Places
from sidara.dictionary.core.lint.whole import CODE
from sidara.kernel.finding import Finding

__all__ = ["CODE", "Places", "lint"]


def lint(dictionary: Dictionary, places: Places | None = None) -> tuple[Finding, ...]:
    """Find everything that is wrong; `places` says in which file and line each entry stands."""
    at = Context(dictionary, places or {}, readings(dictionary))
    parts: tuple[Iterable[Finding], ...] = (
        whole.codes(at),
        *(asked.variable(at, one) for one in dictionary.variables.values()),
        *(whole.list_(at, one) for one in dictionary.lists.values()),
        *(whole.form(at, one) for one in dictionary.forms.values()),
        whole.classifications(at),
        written.expressions(at),
        written.circles(at),
        *(written.feed(at, one) for one in dictionary.feeds.values()),
        whole.activities(at),
        *(dated.window(at, one) for one in dictionary.windows.values()),
        dated.windows(at),
        *(dated.milestone(at, one) for one in dictionary.milestones.values()),
    )
    return tuple(finding for part in parts for finding in part)
