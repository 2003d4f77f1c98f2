"""The formats in which a form is given out, to be filled in elsewhere."""

from collections.abc import Callable, Mapping

from sidara.collection.queries.blanks import form_cells, form_paper, form_workbook
from sidara.collection.queries.takeaway import form_takeaway
from sidara.kernel.finding import Finding

type GivenOut = tuple[bytes | None, tuple[Finding, ...]]

FORM_FILES: Mapping[str, Callable[..., GivenOut]] = {
    "xlsx": form_workbook,
    "csv": form_cells,
    "pdf": form_paper,
    "html": form_takeaway,
}
"""What gives a form out by the ending of its file: of actor, form, region, period, uid, now, dataset."""
