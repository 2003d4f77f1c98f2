"""Pieces and acts are never changed or deleted: the database refuses it."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_WORDS = "evidence is never changed"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [
        guarded(
            *(
                Guard(f"evidence_{table}_no_{event.lower()}", f"evidence_{table}", event, _WORDS)
                for table in ("piece", "entry")
                for event in ("UPDATE", "DELETE")
            )
        )
    ]
