"""Tables of `progress`: how far each expected submission is, which were laid out, up to where it was read.

All of it follows from other rooms and can be made again (`services.rebuild`). Days are whole numbers (1 =
1 January of year 1, `date.toordinal`), so that both databases reckon with them in the same way.
"""

from django.db import models


class Tally(models.Model):
    """One form x village x period x data set that is expected, with what is counted of it.

    Counts of `collection` (`asked` to `not_applicable`) are of required cells but `asked`; `cells` are all
    that are filled, of which `returned` were ever returned, `doubted` stand in a warning, `unexplained` in
    one without explanation, `copied` in a copy; `poor` is returned, unexplained or copied, each cell once.
    `recorded_days` is the sum of the days on which the filled cells were recorded. `numbers` and
    `fingerprint` are of the numbers other than 0; `poor_copied` is what `poor` is while they are a copy.
    `window_due` is the day of the window, `due_day` the one that counts: that of its sending once it was
    sent. `came_day` is the earlier of `sent_day` and `received_day`.
    """

    dataset = models.CharField(max_length=64)
    form = models.CharField(max_length=64)
    sector = models.CharField(max_length=16)
    period = models.CharField(max_length=10)
    year = models.SmallIntegerField()
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    district_id = models.BigIntegerField()
    regency_id = models.BigIntegerField()
    province_id = models.BigIntegerField()
    opens_day = models.IntegerField()
    window_due = models.IntegerField()
    due_day = models.IntegerField()
    late_until = models.IntegerField()
    revision = models.IntegerField(default=0)
    acts = models.IntegerField(default=0)
    asked = models.IntegerField()
    required = models.IntegerField()
    filled = models.IntegerField()
    unknown = models.IntegerField()
    not_applicable = models.IntegerField()
    cells = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    returned_now = models.IntegerField(default=0)
    returns = models.IntegerField(default=0)
    errors = models.IntegerField(default=0)
    explained_warnings = models.IntegerField(default=0)
    open_warnings = models.IntegerField(default=0)
    doubted = models.IntegerField(default=0)
    unexplained = models.IntegerField(default=0)
    numbers = models.IntegerField(default=0)
    fingerprint = models.CharField(max_length=32, blank=True)
    numbers_at = models.DateTimeField(null=True)
    is_copy_of_year = models.BooleanField(default=False)
    is_copy_of_neighbour = models.BooleanField(default=False)
    copied = models.IntegerField(default=0)
    poor_apart = models.IntegerField(default=0)
    poor_copied = models.IntegerField(default=0)
    poor = models.IntegerField(default=0)
    recorded_days = models.BigIntegerField(default=0)
    level = models.SmallIntegerField(default=-1)
    waiting = models.CharField(max_length=100, blank=True)
    since_day = models.IntegerField(null=True)
    sent_day = models.IntegerField(null=True)
    received_day = models.IntegerField(null=True)
    came_day = models.IntegerField(null=True)

    class Meta:
        """Once for each form, village and period of a data set; asked for by data set and year."""

        constraints = (
            models.UniqueConstraint(fields=("region", "form", "period", "dataset"), name="tally_once"),
        )
        indexes = (
            models.Index(fields=("dataset", "year", "regency_id", "form"), name="tally_year"),
            models.Index(fields=("dataset", "form", "period", "fingerprint"), name="tally_alike"),
        )


class Laid(models.Model):
    """A form and period of a data set whose rows are there; `digest` says by which windows and areas."""

    dataset = models.CharField(max_length=64)
    form = models.CharField(max_length=64)
    period = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)

    class Meta:
        """Once for each."""

        constraints = (models.UniqueConstraint(fields=("dataset", "form", "period"), name="laid_once"),)


class Mark(models.Model):
    """Up to where revisions, acts and receipts were read, by what rows were laid out last, whose turn it is.

    A refresh takes the next `turn` and writes only while it is its own: of two the later one goes on.
    """

    turn = models.IntegerField(default=0)
    revisions = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    receipts = models.CharField(max_length=40, blank=True)
    laid_by = models.CharField(max_length=200, blank=True)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="progress_mark_one"),)
