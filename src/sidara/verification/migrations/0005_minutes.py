"""Minutes of a batch, what they say of each submission, and the acts that stand in them. All only grow."""

import django.db.models.deletion
from django.db import migrations, models

from sidara.records.guards import Guard, guarded

_TABLES = ("minutes", "minutesentry", "minutesevent")
_WORDS = "minutes are never changed"
STEPS = [
    ("village", "VILLAGE"),
    ("district", "DISTRICT"),
    ("community", "COMMUNITY"),
    ("sector", "SECTOR"),
    ("province", "PROVINCE"),
]


class Migration(migrations.Migration):
    dependencies = [("verification", "0004_stands"), ("regions", "0006_example_codes")]
    operations = [
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("code", models.CharField(max_length=14, primary_key=True, serialize=False)),
                ("step", models.CharField(choices=STEPS, max_length=16)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.Region"
                    ),
                ),
                ("area_code", models.CharField(max_length=16)),
                ("area_name", models.CharField(max_length=200)),
                ("message_id", models.UUIDField(unique=True)),
                ("actor_id", models.UUIDField()),
                ("actor_name", models.CharField(max_length=200)),
                ("actor_function", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField()),
                ("root_day", models.DateField(null=True)),
                ("root_hash", models.CharField(blank=True, max_length=64)),
                ("content_hash", models.CharField(max_length=64)),
                ("file", models.BinaryField()),
                ("file_hash", models.CharField(max_length=64)),
            ],
            options={"ordering": ("-made_at", "code")},
        ),
        migrations.CreateModel(
            name="MinutesEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("number", models.IntegerField()),
                ("form_name", models.CharField(max_length=200)),
                ("region_code", models.CharField(max_length=16)),
                ("region_name", models.CharField(max_length=200)),
                ("accepted", models.IntegerField()),
                ("returned", models.IntegerField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="verification.Event"
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="verification.Minutes",
                    ),
                ),
            ],
            options={"ordering": ("number",)},
        ),
        migrations.CreateModel(
            name="MinutesEvent",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="verification.Event",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="verification.Minutes",
                    ),
                ),
            ],
        ),
        guarded(
            *(
                Guard(f"verification_{table}_no_{event.lower()}", f"verification_{table}", event, _WORDS)
                for table in _TABLES
                for event in ("UPDATE", "DELETE")
            )
        ),
    ]
