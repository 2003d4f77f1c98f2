"""Revisions, entries, versions of forms and outside ids are never changed or deleted: the database refuses it."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_TABLES = ("revision", "entry", "formversion", "outsideid")
_WORDS = "the dictionary is append-only"


class Migration(migrations.Migration):
    dependencies = [("dictionary", "0001_initial")]
    operations = [
        guarded(
            *(
                Guard(f"dictionary_{table}_no_{event.lower()}", f"dictionary_{table}", event, _WORDS)
                for table in _TABLES
                for event in ("UPDATE", "DELETE")
            )
        )
    ]
