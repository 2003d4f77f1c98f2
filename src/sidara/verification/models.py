"""Tables of `verification`: events of submissions and the levels to which they brought their cells.

Both only grow; triggers in the migrations guard them. Their numbers are given by `services` inside the
writing transaction, which locks the records: they follow the order of commit.
"""

from django.db import models

from sidara.verification.core import Act, Level


class Event(models.Model):
    """Somebody did something with a submission; numbers count up from 1 within it. Append-only."""

    sequence = models.BigIntegerField(primary_key=True)
    submission = models.ForeignKey("collection.Submission", models.PROTECT, to_field="uid", related_name="+")
    number = models.IntegerField()
    act = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Act])
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
    previous_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)

    class Meta:
        """In the order of commit."""

        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("submission", "number"), name="event_number"),)


class CellLevel(models.Model):
    """An event brought a cell to a level. Append-only; the last row of a cell holds."""

    sequence = models.BigIntegerField(primary_key=True)
    event = models.ForeignKey(Event, models.PROTECT, related_name="levels")
    row = models.CharField(max_length=36, blank=True)
    variable = models.CharField(max_length=64)
    breakdown = models.CharField(max_length=200)
    level = models.SmallIntegerField(choices=[(one.value, one.name) for one in Level])

    class Meta:
        """In the order of commit."""

        ordering = ("sequence",)
