"""Tables of `evidence`: pieces and their chain of acts, which only grow; files under way and leaving."""

from django.db import models

from sidara.evidence.core import Act, Kind


class Piece(models.Model):
    """A file that was kept: what it is, to what it belongs. Its bytes lie on the shelf under `digest`."""

    id = models.UUIDField(primary_key=True)
    owner = models.CharField(max_length=200, db_index=True)
    cell = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(one.value, one.name) for one in Kind])
    size = models.IntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    small = models.CharField(max_length=64, blank=True, db_index=True)
    original = models.CharField(max_length=64)
    caption = models.CharField(max_length=300, blank=True)
    width = models.IntegerField()
    height = models.IntegerField()
    pages = models.IntegerField()
    taken_at = models.CharField(max_length=19, blank=True)
    latitude = models.CharField(max_length=12, blank=True)
    longitude = models.CharField(max_length=12, blank=True)


class Entry(models.Model):
    """Somebody kept, took away or redacted a piece; numbers count up from 1 within an owner. Append-only.

    `redaction` and `since` (list of [number, hash]) are of a redaction: see `core.Link`.
    """

    sequence = models.BigIntegerField(primary_key=True)
    owner = models.CharField(max_length=200)
    number = models.IntegerField()
    act = models.CharField(max_length=8, choices=[(one.value, one.name) for one in Act])
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="entries")
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)
    redaction = models.CharField(max_length=64, blank=True, db_default="")
    since = models.JSONField(default=list)

    class Meta:
        """In the order of commit."""

        ordering = ("sequence",)
        constraints = (
            models.UniqueConstraint(fields=("owner", "number"), name="evidence_entry_number"),
            models.UniqueConstraint(fields=("piece", "act"), name="evidence_once"),
        )


class Redacting(models.Model):
    """A piece of which the words may be taken out: there only inside the transaction of a redaction."""

    piece = models.OneToOneField(Piece, models.PROTECT, related_name="+")


class Leaving(models.Model):
    """A file that has to leave the shelf because its piece was redacted: there until it is gone.

    It stays where another piece names it, too.
    """

    name = models.CharField(primary_key=True, max_length=64)


class Upload(models.Model):
    """A file under way: who sends it for what, what is said of it. Its parts lie on the disk.

    `fault` is the code of why the file, which came, is no proof.
    """

    id = models.UUIDField(primary_key=True)
    owner = models.CharField(max_length=200)
    cell = models.CharField(max_length=320, blank=True)
    actor_id = models.UUIDField(db_index=True)
    name = models.CharField(max_length=255)
    caption = models.CharField(max_length=300, blank=True)
    keeps_place = models.BooleanField()
    size = models.IntegerField()
    original = models.CharField(max_length=64)
    fault = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
