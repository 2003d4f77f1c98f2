"""The questions that every save, bundle and verdict asks the records, worded once (`records.prepared`)."""

from sidara.collection import models
from sidara.records.prepared import Prepared, slot

KEY = ("row", "variable__code", "breakdown")
"""The columns of a cell's key, in its order."""

SUBMISSION = Prepared(
    lambda: models.Submission.objects.filter(
        dataset__code=slot(models.DataSet, "code"),
        form=slot(models.Submission, "form"),
        region_id=slot(models.Cell, "region"),
        period=slot(models.Submission, "period"),
    )
)
"""A submission, as a model, by `code` of its data set, `form`, `region` (id) and `period`."""

BEGUN = Prepared(
    lambda: (
        models.Submission.objects.filter(
            dataset__code=slot(models.DataSet, "code"), region_id=slot(models.Cell, "region")
        )
        .order_by("pk")
        .values_list("form", "period", "pk")
    )
)
"""Form, period and id of all submissions of a region (id) in the data set `code`."""

CELLS = Prepared(
    lambda: models.Cell.objects.filter(submission_id=slot(models.Cell, "submission")).values_list(
        *KEY, "state", "value", "explanation", "revision", "pk"
    )
)
"""The cells of a submission (id): key, content, revision, id."""

VARIABLE = Prepared(
    lambda: models.Variable.objects.filter(
        dataset_id=slot(models.Variable, "dataset"), code=slot(models.Variable, "code")
    ).values_list("code", "pk")
)
"""Code and id of a variable of a data set (id) by `code`."""

LOCK = Prepared(
    lambda: (
        models.Lock.objects.filter(submission_id=slot(models.Lock, "submission"))
        .order_by("-id")
        .values_list("id", "is_locked", "opened")[:1]
    )
)
"""Id and content of the last word about the lock of a submission (id)."""

KEPT = Prepared(
    lambda: models.Kept.objects.filter(record__submission_id=slot(models.Revision, "submission")).values_list(
        "cell_id", "record__number", *(f"cell__{name}" for name in KEY), "state", "value", "explanation"
    )
)
"""What was kept beside the cells of a submission (id), the oldest first."""

HISTORY = Prepared(
    lambda: (
        models.Change.objects.filter(record__submission_id=slot(models.Revision, "submission"))
        .order_by("sequence")
        .values_list(
            *(f"record__{name}" for name in ("number", "author_name", "author_function", "filler_name")),
            *(f"record__{name}" for name in ("made_at", "source", "reason")),
            *(f"cell__{name}" for name in KEY),
            *("old_state", "old_value", "old_explanation", "state", "value", "explanation"),
        )
    )
)
"""What each revision of a submission (id) made of its cells, the oldest first: revision, key, old, new."""

ANSWER = Prepared(
    lambda: models.Message.objects.filter(pk=slot(models.Message, "id")).values_list("digest", "answer")
)
"""Digest and answer of a message (`id`)."""

LAST = Prepared(
    lambda: (
        models.Revision.objects.filter(submission_id=slot(models.Revision, "submission"))
        .order_by("-number")
        .values_list("number", "chain_hash", "content_hash")[:1]
    )
)
"""Number, hash and hash of the content of the last revision of a submission (id)."""
