"""Away with indexes whose column begins the key of their table: the key answers the same questions.

On SQLite a changed field would build the table anew, and its guards would be gone; so only the index goes.
"""

import django.db.models.deletion
from django.db import migrations, models

_INDEXES = (
    ("collection_cell_variable_id_558c2e2a", "collection_cell", "variable_id"),
    ("collection_revision_submission_id_1bb9f9ac", "collection_revision", "submission_id"),
    ("collection_submission_dataset_id_7424d49a", "collection_submission", "dataset_id"),
)


class Migration(migrations.Migration):
    dependencies = [("collection", "0011_provenance_stays")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f'DROP INDEX "{name}"', f'CREATE INDEX "{name}" ON "{table}" ("{column}")'
                )
                for name, table, column in _INDEXES
            ],
            state_operations=[
                migrations.AlterField(
                    "cell",
                    "variable",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to='collection.variable',
                    ),
                ),
                migrations.AlterField(
                    "revision",
                    "submission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to='collection.submission',
                    ),
                ),
                migrations.AlterField(
                    "submission",
                    "dataset",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to='collection.dataset',
                    ),
                ),
            ],
        )
    ]
