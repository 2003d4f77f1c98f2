"""Events, fates, imports and runs are never changed or deleted: the database refuses it."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_WORDS = "what happened to a plan is never changed"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [
        guarded(
            *(
                Guard(f"programmes_{table}_no_{event.lower()}", f"programmes_{table}", event, _WORDS)
                for table in ("programmeevent", "proposalfate", "planimport", "alignmentrun")
                for event in ("UPDATE", "DELETE")
            )
        )
    ]
