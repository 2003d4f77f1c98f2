"""A level may decide one thing twice on a day: only what the village's list says stands once a day.

The table of fates is built anew on SQLite, so its guards are set again.
"""

from django.db import migrations, models

from sidara.records.guards import Guard, guarded

_WORDS = "what happened to a plan is never changed"


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_imports_stay")]
    operations = [
        migrations.RemoveConstraint(model_name="proposalfate", name="proposal_fate_once"),
        migrations.AlterField(
            model_name="proposalfate",
            name="source",
            field=models.CharField(
                choices=[
                    ("pendataan", "LIST"),
                    ("keputusan", "DECISION"),
                    ("berkas", "FILE"),
                    ("impor", "IMPORT"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalfate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source", "pendataan")),
                fields=("proposal", "fate", "recorded_date"),
                name="proposal_fate_listed_once",
            ),
        ),
        guarded(
            *(
                Guard(f"programmes_proposalfate_no_{event.lower()}", "programmes_proposalfate", event, _WORDS)
                for event in ("UPDATE", "DELETE")
            )
        ),
    ]
