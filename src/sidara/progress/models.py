"""Tables of `progress`: how far each expected submission is, which were laid out, up to where it was read.

All of it follows from other rooms and can be made again (`services.rebuild`). Days are whole numbers (1 =
1 January of year 1, `date.toordinal`), so that both databases reckon with them in the same way.
"""

from uuid import uuid4

from django.db import models

from sidara.progress.core.award import Roll


class Tally(models.Model):
    """One form x village x period x data set that is expected, with what is counted of it.

    Counts of `collection` (`asked` to `not_applicable`) are of required cells but `asked`; `cells` are
    all that are filled, of which `returned` were ever returned, `doubted` stand in a warning,
    `unexplained` in one without explanation, `unsound` in such a one or being mended, `copied` in a copy;
    `poor` is returned, unexplained or copied, each cell once. `recorded_days` is the sum of the days on
    which the filled cells were recorded. `numbers` and `fingerprint` are of the numbers other than 0;
    `poor_copied` is what `poor` is while they are a copy. `window_due` is the day of the window,
    `due_day` the one that counts: that of the sending once it was sent. `came_day` is the earlier of
    `sent_day` and `received_day`.
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
    unsound = models.IntegerField(default=0)
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

    A refresh takes the next `turn` and writes only while it is its own: of two the later one goes on. `stamp`
    is another one after each refresh.
    """

    turn = models.IntegerField(default=0)
    stamp = models.UUIDField(default=uuid4)
    revisions = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    receipts = models.CharField(max_length=40, blank=True)
    laid_by = models.CharField(max_length=200, blank=True)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="progress_mark_one"),)


class AwardRun(models.Model):
    """A run of the award: of which year and area, by which formula, on which day. Append-only.

    `content_hash` is over formula, day and entries, `scores_hash` over what came out. `formula` is the
    text of `content/award.yaml` of that day, as canonical JSON.
    """

    number = models.BigIntegerField(primary_key=True)
    dataset = models.CharField(max_length=64)
    area = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=16)
    area_name = models.CharField(max_length=200)
    year = models.SmallIntegerField()
    day = models.DateField()
    formula = models.TextField()
    content_hash = models.CharField(max_length=64, unique=True)
    scores_hash = models.CharField(max_length=64)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-number",)


class AwardEntry(models.Model):
    """What a run read of one submission (`core.award.Entry`), with the class of its village. Append-only."""

    run = models.ForeignKey(AwardRun, models.PROTECT, related_name="entries")
    form = models.CharField(max_length=64)
    sector = models.CharField(max_length=16)
    period = models.CharField(max_length=10)
    region_code = models.CharField(max_length=16)
    regency_code = models.CharField(max_length=16)
    difficulty = models.CharField(max_length=16, blank=True)
    required = models.IntegerField()
    not_applicable = models.IntegerField()
    filled = models.IntegerField()
    unknown = models.IntegerField()
    cells = models.IntegerField()
    unsound = models.IntegerField()
    poor = models.IntegerField()
    delay = models.IntegerField(null=True)

    class Meta:
        """A score opens to the entries of a village, or of a sector in a kabupaten."""

        indexes = (
            models.Index(fields=("run", "region_code"), name="award_entry_region"),
            models.Index(fields=("run", "regency_code", "sector"), name="award_entry_sector"),
        )


class AwardScore(models.Model):
    """A score of a run, rounded to 8 decimals, with its rank within the class. Append-only."""

    run = models.ForeignKey(AwardRun, models.PROTECT, related_name="scores")
    roll = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Roll])
    subject = models.CharField(max_length=32)
    name = models.CharField(max_length=300)
    difficulty = models.CharField(max_length=16, blank=True)
    rank = models.IntegerField()
    completeness = models.DecimalField(max_digits=9, decimal_places=8)
    timeliness = models.DecimalField(max_digits=9, decimal_places=8)
    quality = models.DecimalField(max_digits=9, decimal_places=8)
    total = models.DecimalField(max_digits=9, decimal_places=8)

    class Meta:
        """By class and rank; once for each of a list."""

        ordering = ("run", "roll", "difficulty", "rank", "subject")
        constraints = (models.UniqueConstraint(fields=("run", "roll", "subject"), name="award_score_once"),)
