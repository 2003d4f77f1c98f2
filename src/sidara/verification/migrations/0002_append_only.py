"""Events and levels are never changed or deleted: the database refuses it."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_TABLES = ("event", "celllevel")
_WORDS = "what was verified is never changed"


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_initial")]
    operations = [
        guarded(
            *(
                Guard(f"verification_{table}_no_{event.lower()}", f"verification_{table}", event, _WORDS)
                for table in _TABLES
                for event in ("UPDATE", "DELETE")
            )
        )
    ]
