"""Files that are looked at before they are brought in."""

from uuid import uuid4

from django.db import models


class PlanFile(models.Model):
    """A file of a plan that somebody handed in for a trial, kept for its owner alone and not for long.

    `asked` is how it is to be read and whose plan it is, with what was chosen up to now.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    account_id = models.UUIDField()
    name = models.CharField(max_length=300)
    content = models.BinaryField()
    asked = models.JSONField(default=dict)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-made_at",)
