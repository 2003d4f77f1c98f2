"""Where cells were taken from is never changed or deleted: the database refuses it."""

from django.db import migrations

from sidara.records.guards import Guard, guarded


class Migration(migrations.Migration):
    dependencies = [("collection", "0010_provenance")]
    operations = [
        guarded(
            *(
                Guard(
                    f"collection_provenance_no_{event.lower()}",
                    "collection_provenance",
                    event,
                    "a provenance is never changed",
                )
                for event in ("UPDATE", "DELETE")
            )
        )
    ]
