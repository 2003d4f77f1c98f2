"""Revisions stay, but for the reason while it is cleaned. Guards of the rebuilt tables of redactions again."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_REVISION, _STAYS = "collection_revision", "a revision is never changed"


class Migration(migrations.Migration):
    dependencies = [("collection", "0015_redaction_of_more")]
    operations = [
        guarded(
            Guard(
                "collection_revision_no_update",
                _REVISION,
                "UPDATE OF sequence, submission_id, number, base, source, message_id, author_id, author_name, "
                "author_function, filler_name, made_at, claimed_at, form_version, content_hash, previous_hash, "
                "chain_hash",
                _STAYS,
            ),
            Guard(
                "collection_revision_reason_stays",
                _REVISION,
                "UPDATE OF reason",
                _STAYS,
                "EXISTS (SELECT 1 FROM collection_redactingreason r WHERE r.revision_id = {old}sequence)",
            ),
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
