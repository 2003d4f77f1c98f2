"""The change log only grows, a cell keeps its key, an import stays as it was: the database refuses the rest."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_LOG, _CELL, _RUN = "collection_change", "collection_cell", "collection_importrun"
_KEY = 'UPDATE OF id, variable_id, region_id, period, "row", breakdown'


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial")]
    operations = [
        guarded(
            Guard("collection_change_no_update", _LOG, "UPDATE", "the change log is append-only"),
            Guard("collection_change_no_delete", _LOG, "DELETE", "the change log is append-only"),
            Guard("collection_cell_no_delete", _CELL, "DELETE", "a cell is cleared, never deleted"),
            Guard("collection_cell_key_stays", _CELL, _KEY, "a cell keeps its key"),
            Guard("collection_run_no_update", _RUN, "UPDATE", "an import stays as it was"),
            Guard("collection_run_no_delete", _RUN, "DELETE", "an import stays as it was"),
        )
    ]
