"""The change log only grows, a cell keeps its key, an import stays as it was: the database refuses the rest."""

from django.db import migrations

_REFUSED = "SELECT RAISE(ABORT, '%s');"
_GUARDS = {
    "change_no_update": ("BEFORE UPDATE ON collection_change", "the change log is append-only"),
    "change_no_delete": ("BEFORE DELETE ON collection_change", "the change log is append-only"),
    "cell_no_delete": ("BEFORE DELETE ON collection_cell", "a cell is cleared, never deleted"),
    "cell_key_stays": (
        'BEFORE UPDATE OF id, variable_id, region_id, period, "row", breakdown ON collection_cell',
        "a cell keeps its key",
    ),
    "run_no_update": ("BEFORE UPDATE ON collection_importrun", "an import stays as it was"),
    "run_no_delete": ("BEFORE DELETE ON collection_importrun", "an import stays as it was"),
}


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER collection_{name} {event} BEGIN {_REFUSED % words} END;",
            f"DROP TRIGGER collection_{name};",
        )
        for name, (event, words) in _GUARDS.items()
    ]
