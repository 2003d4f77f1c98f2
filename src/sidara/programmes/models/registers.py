"""Lists of the collection as registers read them: they follow from other rooms and can be made again."""

from uuid import uuid4

from django.db import models


class RegisterSheet(models.Model):
    """What stood in a list of a submission from a day on: rows, and from which day it had which level.

    Days are `date.toordinal`; `until_day` is the first one on which it was otherwise, empty = still.
    `rows`: list of [id, values by column, states by column]; `levels`: list of [day, level], both of
    `core.registers.Version`. `is_declared`: the village said that there is none.
    """

    submission_uid = models.UUIDField(db_index=True)
    dataset = models.CharField(max_length=64)
    list_code = models.CharField(max_length=32)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    year = models.SmallIntegerField()
    from_day = models.IntegerField()
    until_day = models.IntegerField(null=True)
    levels = models.JSONField()
    rows = models.JSONField()
    is_declared = models.BooleanField()

    class Meta:
        """One of a list of a submission on a day; asked for by list and year."""

        constraints = (
            models.UniqueConstraint(
                fields=("submission_uid", "list_code", "from_day"), name="register_sheet_once"
            ),
        )
        indexes = (models.Index(fields=("dataset", "list_code", "year"), name="register_sheet_year"),)


class RegisterMark(models.Model):
    """Up to where revisions and acts were read; as `progress.Mark`."""

    turn = models.IntegerField(default=0)
    stamp = models.UUIDField(default=uuid4)
    revisions = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="register_mark_one"),)
