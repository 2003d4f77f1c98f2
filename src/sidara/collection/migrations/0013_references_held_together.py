"""Cells and changes name submissions, revisions and cells, which are never deleted: asked once a statement."""

from django.db import migrations

from sidara.records.references import Reference, held_together


class Migration(migrations.Migration):
    dependencies = [("collection", "0012_indexes_told_by_keys")]
    operations = [
        held_together(
            Reference("collection_cell", "submission_id", "collection_submission", "id"),
            Reference("collection_change", "cell_id", "collection_cell", "id"),
            Reference("collection_change", "record_id", "collection_revision", "sequence"),
        )
    ]
