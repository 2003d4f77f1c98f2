"""Tables of `verification`: events of submissions, the levels to which they brought cells, how each stands.

Events and levels only grow; triggers in the migrations guard them. Their numbers are given by `services`
inside the writing transaction, which locks the records: they follow the order of commit.
"""

from django.db import models

from sidara.verification.core import Act, Level, Link, Step
from sidara.verification.core import Event as Kept


class Event(models.Model):
    """Somebody did something with a submission; numbers count up from 1 within it. Append-only.

    `is_whole`: it did the same with all cells. `step`: as whom a verifier acted. `moved_hash`: of where it
    brought cells, chained.
    """

    sequence = models.BigIntegerField(primary_key=True)
    submission = models.ForeignKey("collection.Submission", models.PROTECT, to_field="uid", related_name="+")
    number = models.IntegerField()
    act = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Act])
    step = models.CharField(
        max_length=16, blank=True, db_default="", choices=[(one.value, one.name) for one in Step]
    )
    is_whole = models.BooleanField(default=True, db_default=True)
    revision = models.IntegerField()
    content_hash = models.CharField(max_length=64)
    message_id = models.UUIDField(unique=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    due_date = models.DateField(null=True)
    is_late = models.BooleanField()
    moved_hash = models.CharField(max_length=64, blank=True, db_default="")
    previous_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)

    class Meta:
        """In the order of commit."""

        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("submission", "number"), name="event_number"),)

    @property
    def kept(self) -> Kept:
        """The event as decisions read it."""
        link = Link(
            str(self.submission_id),
            self.number,
            Act(self.act),
            self.revision,
            self.content_hash,
            str(self.actor_id),
            self.made_at,
            str(self.message_id),
            self.reason,
            self.is_late,
            self.previous_hash,
            Step(self.step) if self.step else None,
            self.moved_hash,
        )
        named = self.actor_name, self.actor_function
        return Kept(link, *named, self.due_date, self.chain_hash, self.is_whole)


class CellLevel(models.Model):
    """An event brought a cell to a level. Append-only; the last row of a cell holds.

    Variable `*` stands for all cells of the submission (breakdown `_`: for none any more). `reason` says why
    a verifier returned it.
    """

    sequence = models.BigIntegerField(primary_key=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="levels")
    row = models.CharField(max_length=36, blank=True)
    variable = models.CharField(max_length=64)
    breakdown = models.CharField(max_length=200)
    level = models.SmallIntegerField(choices=[(one.value, one.name) for one in Level])
    reason = models.TextField(blank=True, db_default="")

    class Meta:
        """In the order of commit."""

        ordering = ("sequence",)


class Stand(models.Model):
    """How a submission stands: what lists ask for. It follows from its events and is written with them.

    `waiting`: steps that some of its cells wait for, by name, between spaces. `since`: when it came into the
    hands in which it lies; accepting some of it, or a step beside, leaves it. `returned`: how many cells are
    to be mended, until `mend_by`. `doubts`: warnings that were explained, and required answers that are not
    known, when it was sent. `sent_at`, `due_date`, `is_late`: of its first sending.
    """

    submission = models.OneToOneField(
        "collection.Submission", models.PROTECT, to_field="uid", related_name="+", primary_key=True
    )
    level = models.SmallIntegerField(choices=[(one.value, one.name) for one in Level])
    waiting = models.CharField(max_length=100, blank=True)
    returned = models.IntegerField(default=0)
    mend_by = models.DateField(null=True)
    doubts = models.IntegerField(default=0)
    since = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    due_date = models.DateField(null=True)
    is_late = models.BooleanField(default=False)
    number = models.IntegerField()

    class Meta:
        """Lists ask by level and by who it waits for."""

        indexes = (models.Index(fields=("level",), name="stand_level"),)


class Minutes(models.Model):
    """A batch that a step closed, with the paper as it was made. Append-only.

    `code` is that of its check page, `file_hash` the SHA-256 of the PDF.
    """

    code = models.CharField(max_length=14, primary_key=True)
    step = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Step])
    area = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=16)
    area_name = models.CharField(max_length=200)
    message_id = models.UUIDField(unique=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    root_day = models.DateField(null=True)
    root_hash = models.CharField(max_length=64, blank=True)
    content_hash = models.CharField(max_length=64)
    file = models.BinaryField()
    file_hash = models.CharField(max_length=64)

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "code")


class MinutesEntry(models.Model):
    """What minutes say of one submission; `event` is its last one in the batch. Append-only."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="entries")
    number = models.IntegerField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")
    form_name = models.CharField(max_length=200)
    region_code = models.CharField(max_length=16)
    region_name = models.CharField(max_length=200)
    accepted = models.IntegerField()
    returned = models.IntegerField()

    class Meta:
        """In the order of the paper."""

        ordering = ("number",)


class MinutesEvent(models.Model):
    """An act of a step that stands in minutes: none stands in two. Append-only."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="+", primary_key=True)
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="events")


class Receipt(models.Model):
    """What a village handed over at its kecamatan, as it was recorded. Append-only.

    `code` is that of its check page; numbers count up from 1 within a kecamatan, each chained to the last.
    """

    code = models.CharField(max_length=14, primary_key=True)
    district = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    number = models.IntegerField()
    district_code = models.CharField(max_length=16)
    district_name = models.CharField(max_length=200)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=16)
    region_name = models.CharField(max_length=200)
    dataset = models.CharField(max_length=64)
    handed_at = models.DateTimeField()
    brought_by = models.CharField(max_length=200)
    door = models.CharField(max_length=16)
    file_name = models.CharField(max_length=200, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    message_id = models.UUIDField(unique=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "code")
        constraints = (models.UniqueConstraint(fields=("district", "number"), name="receipt_number"),)


class ReceiptForm(models.Model):
    """A form and period that a receipt is about. Append-only."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="forms")
    form = models.CharField(max_length=64)
    form_name = models.CharField(max_length=200)
    period = models.CharField(max_length=16)

    class Meta:
        """Each once; sending asks by form and period."""

        constraints = (
            models.UniqueConstraint(fields=("receipt", "form", "period"), name="receipt_form_once"),
        )
        indexes = (models.Index(fields=("form", "period"), name="receipt_form"),)


class ReceiptWithdrawal(models.Model):
    """Somebody withdrew a receipt, with reason. Append-only."""

    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="withdrawal", primary_key=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    reason = models.TextField()
