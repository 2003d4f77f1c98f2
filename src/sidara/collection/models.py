"""Tables of `collection`: data sets, variables, cells, what wrote them, and the numbered change log.

A cell belongs to an import of a data set or to a submission, never to both. The change log and the revisions
are append-only and a cell keeps its key for ever; triggers in the migrations guard them.
Ids of cells and sequences of changes are given by `services` inside the writing transaction, which
locks the records: they follow the order of commit.
"""

from django.db import models
from django.db.models import Q

from sidara.collection.core import COLLECTION, Aggregation, Source, ValueType
from sidara.collection.core.redaction import Scope
from sidara.kernel.cell import State

MEASURES = ("actual", "target", "baseline", "published")


class Store(models.Model):
    """These records as such. `epoch` is made once; a copy that grew from others has another one."""

    epoch = models.UUIDField(unique=True)

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(condition=Q(id=1), name="store_one"),)


class DataSet(models.Model):
    """A data set with its provenance; `table` names the declaration it is imported by, if any."""

    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    url = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=200)
    retrieved_date = models.DateField()
    code_scheme = models.CharField(max_length=32)
    measure = models.CharField(max_length=16)
    definition = models.CharField(max_length=300, blank=True)
    is_simulated = models.BooleanField()
    table = models.CharField(max_length=64, blank=True)

    class Meta:
        """By code; the code tells whether it is simulated; licence and scheme are mandatory."""

        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(is_simulated=True, code__startswith="simulated:")
                | Q(is_simulated=False, code__startswith="external:")
                | Q(is_simulated=False, code=COLLECTION),
                name="dataset_kind",
            ),
            models.CheckConstraint(
                condition=~Q(licence="") & ~Q(code_scheme="") & ~Q(title="") & ~Q(source=""),
                name="dataset_provenance",
            ),
            models.CheckConstraint(condition=Q(measure__in=MEASURES), name="dataset_measure"),
        )


class Variable(models.Model):
    """A variable in the structure of a data set. `choices`: list of {code, label, published}."""

    dataset = models.ForeignKey(DataSet, models.PROTECT, related_name="variables")
    code = models.CharField(max_length=64)
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=32, blank=True)
    decimals = models.SmallIntegerField()
    type = models.CharField(max_length=8, choices=[(kind.value, kind.name) for kind in ValueType])
    choices = models.JSONField(default=list)
    minimum = models.CharField(max_length=24, blank=True)
    maximum = models.CharField(max_length=24, blank=True)
    is_whole = models.BooleanField(default=False)
    aggregation = models.CharField(
        max_length=8, choices=[(one.value, one.name) for one in Aggregation], default=Aggregation.NONE
    )
    numerator = models.CharField(max_length=64, blank=True)
    denominator = models.CharField(max_length=64, blank=True)
    scale = models.IntegerField(default=1)

    class Meta:
        """Once in a data set."""

        ordering = ("dataset", "id")
        constraints = (models.UniqueConstraint(fields=("dataset", "code"), name="variable_once"),)


class ImportRun(models.Model):
    """One import that was stored: file, who, when, and its account (cells by verdict)."""

    dataset = models.ForeignKey(DataSet, models.PROTECT, related_name="runs")
    file_name = models.CharField(max_length=300, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    retrieved_date = models.DateField()
    definition = models.CharField(max_length=300, blank=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    created = models.IntegerField()
    updated = models.IntegerField()
    unchanged = models.IntegerField()
    conflicting = models.IntegerField()
    rejected = models.IntegerField()
    findings = models.JSONField(default=list)

    class Meta:
        """Oldest first."""

        ordering = ("id",)


class Submission(models.Model):
    """One form x one subject x one period. `uid` is its public id, `revision` the number of the last one.

    `subject` is a reference (`region:<uid>` or an activity's); `region` is where its figures count.
    `form_version` (its hash) and `form_number` (`v7`) are of the version that it is filled in, pinned at the
    first save.
    """

    uid = models.UUIDField(unique=True)
    dataset = models.ForeignKey(DataSet, models.PROTECT, related_name="submissions", db_index=False)
    form = models.CharField(max_length=64)
    form_version = models.CharField(max_length=64)
    form_number = models.IntegerField()
    subject = models.CharField(max_length=64)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    revision = models.IntegerField(default=0)

    class Meta:
        """One for each form, subject and period of a data set."""

        constraints = (
            models.UniqueConstraint(fields=("dataset", "form", "subject", "period"), name="submission_once"),
        )


class Revision(models.Model):
    """What one save changed, who saved it and when (server time, UTC), chained to the revision before.

    `filler_name` is the person named as filler where another one typed or brought it. Append-only.
    """

    sequence = models.BigIntegerField(primary_key=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="revisions", db_index=False)
    number = models.IntegerField()
    base = models.IntegerField()
    source = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Source])
    message_id = models.UUIDField(unique=True)
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=200)
    author_function = models.CharField(max_length=200, blank=True)
    filler_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    form_version = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)

    class Meta:
        """In the order of commit; numbers count up from 1 within a submission."""

        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("submission", "number"), name="revision_number"),)


class Message(models.Model):
    """A save and the answer that it got: the same message again gets the same answer. Append-only.

    `device_id` is the device that sent it, where a door knows it; no hash holds it.
    """

    id = models.UUIDField(primary_key=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="messages")
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    made_at = models.DateTimeField()
    device_id = models.UUIDField(null=True)


class HandedFile(models.Model):
    """A file that somebody handed in, by its message id: its trial, and what became of it (`answer`).

    `content` is thrown away when nobody needs it any more; the answer stays: the same message gets it again.
    """

    id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    name = models.CharField(max_length=200, blank=True)
    format = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    filler = models.CharField(max_length=200, blank=True)
    is_paper = models.BooleanField()
    all_or_nothing = models.BooleanField()
    content = models.BinaryField(null=True)
    trial = models.JSONField(null=True)
    answer = models.JSONField(null=True)
    made_at = models.DateTimeField(db_index=True)
    stored_at = models.DateTimeField(null=True)


class Cell(models.Model):
    """The present value of a cell. `value` is the published text, for a choice its code.

    Of an import (`run`) or of a submission, whose cells may carry an explanation.
    """

    id = models.BigIntegerField(primary_key=True)
    variable = models.ForeignKey(Variable, models.PROTECT, related_name="cells", db_index=False)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=10)
    row = models.CharField(max_length=36, blank=True)
    breakdown = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=[(state.value, state.name) for state in State])
    value = models.TextField(null=True)  # noqa: DJ001 - a state without a value is not an empty text
    revision = models.IntegerField()
    explanation = models.TextField(blank=True, db_default="")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+", db_index=False, null=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="cells", null=True)

    class Meta:
        """One cell a key; a value exactly in state `nilai`; of an import or of a submission."""

        constraints = (
            models.CheckConstraint(
                condition=Q(run=None, submission__isnull=False) | Q(run__isnull=False, submission=None),
                name="cell_origin",
            ),
            models.UniqueConstraint(
                fields=("variable", "region", "period", "row", "breakdown"), name="cell_key"
            ),
            models.CheckConstraint(
                condition=Q(state=State.VALUE.value, value__isnull=False)
                | (~Q(state=State.VALUE.value) & Q(value=None)),
                name="cell_value_state",
            ),
        )


class Change(models.Model):
    """One entry of the change log: a cell went from old to new in an import or a revision, at its moment."""

    sequence = models.BigIntegerField(primary_key=True)
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="changes", db_index=False)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+", db_index=False, null=True)
    record = models.ForeignKey(Revision, models.PROTECT, related_name="changes", null=True)
    revision = models.IntegerField()
    old_state = models.CharField(max_length=16)
    old_value = models.TextField(null=True)  # noqa: DJ001 - as in Cell
    state = models.CharField(max_length=16)
    value = models.TextField(null=True)  # noqa: DJ001 - as in Cell
    old_explanation = models.TextField(blank=True, db_default="")
    explanation = models.TextField(blank=True, db_default="")

    class Meta:
        """In the order of commit; of an import or of a revision."""

        ordering = ("sequence",)
        constraints = (
            models.CheckConstraint(
                condition=Q(run=None, record__isnull=False) | Q(run__isnull=False, record=None),
                name="change_origin",
            ),
        )


class Kept(models.Model):
    """A content sent for a cell that others had changed: kept until a person decides. Append-only."""

    record = models.ForeignKey(Revision, models.PROTECT, related_name="kept")
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="kept")
    state = models.CharField(max_length=16, choices=[(state.value, state.name) for state in State])
    value = models.TextField(null=True)  # noqa: DJ001 - as in Cell
    explanation = models.TextField(blank=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("id",)


class Decision(models.Model):
    """A person who had seen both sides of a conflict decided it in a revision. Append-only."""

    record = models.ForeignKey(Revision, models.PROTECT, related_name="decisions")
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="decisions")


class Lock(models.Model):
    """What a higher room decided about changes of a submission; the last row holds. Append-only.

    `opened` are the cells that may be changed although it is locked: list of [row, variable, breakdown].
    `reference` names the decision where it was made.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="locks")
    is_locked = models.BooleanField()
    opened = models.JSONField(default=list)
    reference = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    class Meta:
        """In the order in which they came."""

        ordering = ("id",)


class RedactionRequest(models.Model):
    """Somebody asked to take personal data out of a cell, a reason or the evidence. Append-only.

    `revision` is the one whose reason is meant.
    """

    id = models.UUIDField(primary_key=True)
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="redactions", null=True)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", null=True)
    piece = models.ForeignKey("evidence.Piece", models.PROTECT, related_name="+", null=True)
    scope = models.CharField(max_length=8, choices=[(one.value, one.name) for one in Scope])
    reason = models.TextField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        """In the order in which they came; about one thing."""

        ordering = ("made_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(cell__isnull=False, revision=None, piece=None)
                | Q(cell=None, revision__isnull=False, piece=None)
                | Q(cell=None, revision=None, piece__isnull=False),
                name="redaction_about_one",
            ),
        )


class RedactionDecision(models.Model):
    """A second person took it out (with the revision `record` or the act `act` on the evidence), or refused.

    `contents`: list of [number, hash], the contents of earlier revisions as they are since; `reasons`: the
    same of their chain hashes as they would be since. Append-only.
    """

    request = models.OneToOneField(RedactionRequest, models.PROTECT, related_name="decision")
    record = models.OneToOneField(Revision, models.PROTECT, related_name="redaction", null=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    contents = models.JSONField(default=list)
    act = models.OneToOneField("evidence.Entry", models.PROTECT, related_name="+", null=True)
    reasons = models.JSONField(default=list)


class Redacting(models.Model):
    """A cell whose past may be cleaned: there only inside the transaction of a redaction."""

    cell = models.OneToOneField(Cell, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")


class RedactingReason(models.Model):
    """A revision whose reason may be cleaned: there only inside the transaction of a redaction."""

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="+")


class Provenance(models.Model):
    """Where the content of a cell came from that a revision took over: origin, and its words. Append-only."""

    record = models.ForeignKey(Revision, models.PROTECT, related_name="provenance")
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="provenance")
    origin = models.CharField(max_length=200)
    words = models.CharField(max_length=500)


class Root(models.Model):
    """The root of a night over all heads that moved since the last one, chained to it. Append-only."""

    day = models.DateField(unique=True)
    upto = models.BigIntegerField()
    previous_hash = models.CharField(max_length=64)
    root_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering = ("day",)


class RootHead(models.Model):
    """A head in the root of a night: the submission's uid (no key: it may be gone), revision, hash."""

    root = models.ForeignKey(Root, models.PROTECT, related_name="heads")
    submission_uid = models.UUIDField()
    number = models.IntegerField()
    chain_hash = models.CharField(max_length=64)
