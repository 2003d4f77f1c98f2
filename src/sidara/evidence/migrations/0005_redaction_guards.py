"""Evidence stays, but for the words of a piece while it is redacted. Guards of the rebuilt table of acts again."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_PIECE, _ENTRY, _WORDS = "evidence_piece", "evidence_entry", "evidence is never changed"
_OPEN = "EXISTS (SELECT 1 FROM evidence_redacting r WHERE r.piece_id = {old}%s)"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_redaction")]
    operations = [
        guarded(
            Guard(
                "evidence_piece_no_update",
                _PIECE,
                "UPDATE OF id, owner, cell, kind, size, digest, small, original, width, height, pages",
                _WORDS,
            ),
            Guard(
                "evidence_piece_words_stay",
                _PIECE,
                "UPDATE OF name, caption, taken_at, latitude, longitude",
                _WORDS,
                _OPEN % "id",
            ),
            Guard("evidence_piece_no_delete", _PIECE, "DELETE", _WORDS),
            Guard(
                "evidence_entry_no_update",
                _ENTRY,
                "UPDATE OF sequence, owner, number, act, piece_id, actor_id, actor_name, actor_function, made_at, "
                "document, previous_hash, chain_hash, redaction, since",
                _WORDS,
            ),
            Guard("evidence_entry_reason_stays", _ENTRY, "UPDATE OF reason", _WORDS, _OPEN % "piece_id"),
            Guard("evidence_entry_no_delete", _ENTRY, "DELETE", _WORDS),
        )
    ]
