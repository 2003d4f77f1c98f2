"""What was saved stays: revisions, messages, kept contents, decisions, roots. Guards of rebuilt tables again."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_GROWING = ("revision", "message", "kept", "decision", "root", "roothead")
_LOG, _CELL, _SUBMISSION = "collection_change", "collection_cell", "collection_submission"
_KEY = 'UPDATE OF id, variable_id, region_id, period, "row", breakdown, submission_id'


class Migration(migrations.Migration):
    dependencies = [("collection", "0004_submissions")]
    operations = [
        guarded(
            Guard("collection_change_no_update", _LOG, "UPDATE", "the change log is append-only"),
            Guard("collection_change_no_delete", _LOG, "DELETE", "the change log is append-only"),
            Guard("collection_cell_no_delete", _CELL, "DELETE", "a cell is cleared, never deleted"),
            Guard("collection_cell_key_stays", _CELL, _KEY, "a cell keeps its key"),
            Guard("collection_submission_no_delete", _SUBMISSION, "DELETE", "a submission is never deleted"),
            Guard(
                "collection_submission_key_stays",
                _SUBMISSION,
                "UPDATE OF id, uid, dataset_id, form, subject, region_id, period",
                "a submission keeps its key",
            ),
            *(
                Guard(
                    f"collection_{table}_no_{event.lower()}",
                    f"collection_{table}",
                    event,
                    f"a {table} is never changed",
                )
                for table in _GROWING
                for event in ("UPDATE", "DELETE")
            ),
        )
    ]
