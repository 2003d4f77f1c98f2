"""How each submission stands by the acts of the village so far: each was about all of its cells."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REACHED = {"send": (0, " village "), "withdraw": (-1, ""), "endorse": (1, " district ")}


def stand(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Say of each submission how it stands."""
    event, kept = apps.get_model("verification", "Event"), apps.get_model("verification", "Stand")
    held = {}
    rows = event.objects.order_by("sequence").values_list(
        "submission_id", "number", "act", "made_at", "due_date", "is_late"
    )
    for uid, number, act, at, due, is_late in rows.iterator():
        level, waiting = REACHED[act]
        one = held.get(uid) or kept(submission_id=uid)
        one.level, one.waiting, one.number, one.since = level, waiting, number, at
        if act == "send":
            one.sent_at, one.due_date, one.is_late = at, due, is_late
        elif act == "withdraw":
            one.sent_at, one.due_date, one.is_late = None, None, False
        held[uid] = one
    kept.objects.bulk_create(held.values(), batch_size=1_000)


class Migration(migrations.Migration):
    dependencies = [("verification", "0003_steps")]
    operations = [migrations.RunPython(stand, migrations.RunPython.noop)]
