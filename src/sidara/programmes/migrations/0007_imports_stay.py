"""The table of imports was built anew on SQLite (0006), so its guards are set again."""

from django.db import migrations

from sidara.records.guards import Guard, guarded

_WORDS = "what happened to a plan is never changed"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_plan_file")]
    operations = [
        guarded(
            *(
                Guard(f"programmes_planimport_no_{event.lower()}", "programmes_planimport", event, _WORDS)
                for event in ("UPDATE", "DELETE")
            )
        )
    ]
