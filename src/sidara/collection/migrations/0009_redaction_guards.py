"""What was saved stays, but for texts of a cell while its past is cleaned; what was asked and decided stays."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_OF_CELL = "EXISTS (SELECT 1 FROM collection_redacting r WHERE r.cell_id = {old}cell_id)"
_OF_SUBMISSION = "EXISTS (SELECT 1 FROM collection_redacting r WHERE r.submission_id = {old}submission_id)"
_CHANGE, _KEPT, _MESSAGE = "collection_change", "collection_kept", "collection_message"
_LOG, _STAYS, _ANSWER = "the change log is append-only", "a kept is never changed", "a message is never changed"


class Migration(migrations.Migration):
    dependencies = [("collection", "0008_redaction")]
    operations = [
        guarded(
            Guard(
                "collection_change_no_update",
                _CHANGE,
                "UPDATE OF sequence, cell_id, run_id, record_id, revision, old_state, state",
                _LOG,
            ),
            Guard(
                "collection_change_texts_stay",
                _CHANGE,
                "UPDATE OF old_value, value, old_explanation, explanation",
                _LOG,
                _OF_CELL,
            ),
            Guard("collection_kept_no_update", _KEPT, "UPDATE OF id, record_id, cell_id, state", _STAYS),
            Guard("collection_kept_texts_stay", _KEPT, "UPDATE OF value, explanation", _STAYS, _OF_CELL),
            Guard(
                "collection_message_no_update",
                _MESSAGE,
                "UPDATE OF id, submission_id, digest, made_at",
                _ANSWER,
            ),
            Guard("collection_message_answer_stays", _MESSAGE, "UPDATE OF answer", _ANSWER, _OF_SUBMISSION),
            *(
                Guard(
                    f"collection_{table}_no_{event.lower()}",
                    f"collection_{table}",
                    event,
                    "what was asked and decided stays",
                )
                for table in ("redactionrequest", "redactiondecision")
                for event in ("UPDATE", "DELETE")
            ),
        )
    ]
