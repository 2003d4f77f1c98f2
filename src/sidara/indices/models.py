"""What is kept of the indices: where published figures disagree with their own items."""

from django.db import models


class PublishedFinding(models.Model):
    """One finding on one village and year of a data set; written anew at each of its imports."""

    dataset = models.CharField(max_length=64)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    index = models.CharField(max_length=16)
    code = models.CharField(max_length=32)
    severity = models.CharField(max_length=16)
    column = models.CharField(max_length=32)
    value = models.CharField(max_length=64)
    message = models.TextField()
    remedy = models.TextField()

    class Meta:
        """Read by data set, and by village within it."""

        indexes = (models.Index(fields=("dataset", "region", "period"), name="published_finding_place"),)
        ordering = ("dataset", "region_id", "period", "id")

    def __str__(self) -> str:
        """Say what it is about."""
        return f"{self.dataset} {self.period} {self.code}"
