"""Tables of `collection`: data sets, their variables, cells, imports, and the numbered change log.

The change log is append-only and a cell keeps its key for ever; triggers in the migration guard both.
Ids of cells and sequences of changes are given by `services` inside the writing transaction, which
locks the records: they follow the order of commit.
"""

from django.db import models
from django.db.models import Q

from sidara.collection.core import Aggregation, ValueType
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
                | Q(is_simulated=False, code__startswith="external:"),
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


class Cell(models.Model):
    """The present value of a cell. `value` is the published text, for a choice its code."""

    id = models.BigIntegerField(primary_key=True)
    variable = models.ForeignKey(Variable, models.PROTECT, related_name="cells")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=10)
    row = models.CharField(max_length=36, blank=True)
    breakdown = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=[(state.value, state.name) for state in State])
    value = models.TextField(null=True)  # noqa: DJ001 - a state without a value is not an empty text
    revision = models.IntegerField()
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        """One cell a key; a value exactly in state `nilai`."""

        constraints = (
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
    """One entry of the change log: a cell went from old to new in a run, at the run's moment."""

    sequence = models.BigIntegerField(primary_key=True)
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="changes", db_index=False)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    old_state = models.CharField(max_length=16)
    old_value = models.TextField(null=True)  # noqa: DJ001 - as in Cell
    state = models.CharField(max_length=16)
    value = models.TextField(null=True)  # noqa: DJ001 - as in Cell

    class Meta:
        """In the order of commit."""

        ordering = ("sequence",)
