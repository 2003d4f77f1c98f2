"""Runs of the award are never changed or deleted: the database refuses it."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_WORDS = "a run of the award is never changed"


class Migration(migrations.Migration):
    dependencies = [("progress", "0002_award")]
    operations = [
        guarded(
            *(
                Guard(f"progress_{table}_no_{event.lower()}", f"progress_{table}", event, _WORDS)
                for table in ("awardrun", "awardentry", "awardscore")
                for event in ("UPDATE", "DELETE")
            )
        )
    ]
