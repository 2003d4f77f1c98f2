"""Tables of `dictionary`: revisions (saves), the entries that each brought, versions of forms, ids, drafts.

Nothing but drafts is ever changed or deleted (triggers in the migration): the dictionary as of any revision
can be read again. An entry's body is canonical JSON, as content has it.
"""

import uuid

from django.db import models

from sidara.dictionary.core.drafts import DraftState
from sidara.dictionary.core.words import Thing


class Revision(models.Model):
    """One save. `source` says by which door; `digest` chains it to the one before (SHA-256)."""

    number = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=16)
    reason = models.TextField(blank=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_function = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        """Oldest first."""

        ordering = ("number",)


class Entry(models.Model):
    """An entry as a revision left it; without a body it was taken out."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Thing])
    code = models.CharField(max_length=64)
    body = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """Once in a revision."""

        ordering = ("revision", "id")
        constraints = (
            models.UniqueConstraint(fields=("revision", "kind", "code"), name="entry_once_a_revision"),
        )
        indexes = (models.Index(fields=("kind", "code", "revision"), name="entry_history"),)


class FormVersion(models.Model):
    """A version of a form: the hash of all that it asks, and the revision that first had it."""

    form = models.CharField(max_length=64)
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="form_versions")

    class Meta:
        """Numbers count up from 1 within a form; one hash is one version."""

        ordering = ("form", "number")
        constraints = (
            models.UniqueConstraint(fields=("form", "number"), name="form_version_number"),
            models.UniqueConstraint(fields=("form", "digest"), name="form_version_digest"),
        )


class OutsideId(models.Model):
    """The uid of a variable, a cell of its breakdown, or a form: made once from its first code, kept."""

    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=200)
    uid = models.CharField(max_length=11, unique=True)

    class Meta:
        """One uid a thing."""

        ordering = ("kind", "code")
        constraints = (models.UniqueConstraint(fields=("kind", "code"), name="outside_id_once"),)


class Draft(models.Model):
    """Edits that wait. `changes` lists entries as typed: kind, code, revision seen, body (null = out)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=[(one.value, one.name) for one in DraftState])
    author_id = models.UUIDField()
    author_name = models.CharField(max_length=200)
    author_function = models.CharField(max_length=200, blank=True)
    base_revision = models.BigIntegerField()
    changes = models.JSONField(default=list)
    published = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="drafts")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """The one that was worked on last comes first."""

        ordering = ("-updated_at",)
