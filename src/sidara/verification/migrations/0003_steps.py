"""Steps of verifiers, what they return, and how each submission stands. Guards that SQLite lost are set again."""

import django.db.models.deletion
from django.db import migrations, models

from sidara.records.guards import Guard, guarded

_TABLES = ("event", "celllevel")
_WORDS = "what was verified is never changed"

LEVELS = [(-1, "DRAFT"), (0, "SENT"), (1, "ENDORSED"), (2, "DISTRICT"), (3, "REGENCY"), (4, "PROVINCE")]
STEPS = [
    ("village", "VILLAGE"),
    ("district", "DISTRICT"),
    ("community", "COMMUNITY"),
    ("sector", "SECTOR"),
    ("province", "PROVINCE"),
]
ACTS = [
    ("send", "SEND"),
    ("withdraw", "WITHDRAW"),
    ("endorse", "ENDORSE"),
    ("accept", "ACCEPT"),
    ("return", "RETURN"),
    ("correct", "CORRECT"),
]
class Migration(migrations.Migration):
    dependencies = [("verification", "0002_append_only")]
    operations = [
        migrations.AddField("event", "step", models.CharField(blank=True, choices=STEPS, db_default="", max_length=16)),
        migrations.AddField("event", "is_whole", models.BooleanField(db_default=True, default=True)),
        migrations.AddField("event", "moved_hash", models.CharField(blank=True, db_default="", max_length=64)),
        migrations.AlterField("event", "act", models.CharField(choices=ACTS, max_length=16)),
        migrations.AddField("celllevel", "reason", models.TextField(blank=True, db_default="")),
        migrations.CreateModel(
            name="Stand",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="collection.Submission",
                        to_field="uid",
                    ),
                ),
                ("level", models.SmallIntegerField(choices=LEVELS)),
                ("waiting", models.CharField(blank=True, max_length=100)),
                ("returned", models.IntegerField(default=0)),
                ("mend_by", models.DateField(null=True)),
                ("doubts", models.IntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("due_date", models.DateField(null=True)),
                ("is_late", models.BooleanField(default=False)),
                ("number", models.IntegerField()),
            ],
            options={"indexes": [models.Index(fields=["level"], name="stand_level")]},
        ),
        guarded(
            *(
                Guard(f"verification_{table}_no_{event.lower()}", f"verification_{table}", event, _WORDS)
                for table in _TABLES
                for event in ("UPDATE", "DELETE")
            )
        ),
    ]
