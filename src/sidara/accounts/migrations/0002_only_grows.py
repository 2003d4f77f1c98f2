"""Log-ins and events only grow; a grant keeps what it was given for. And the table of the cache."""

from django.core.management import call_command
from django.db import migrations

from sidara.records.guards import Guard, guarded

_KEPT = "UPDATE OF account_id, role, is_everywhere, sectors, valid_from, granted_at, granted_by_id"
"""Columns of a grant that stay as they were given; only its end is written later."""


def make_cache(_apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        guarded(
            Guard("accounts_log_in_no_update", "accounts_login", "UPDATE", "log-ins only grow"),
            Guard("accounts_log_in_no_delete", "accounts_login", "DELETE", "log-ins only grow"),
            Guard("accounts_event_no_update", "accounts_event", "UPDATE", "events only grow"),
            Guard("accounts_event_no_delete", "accounts_event", "DELETE", "events only grow"),
            Guard("accounts_region_no_update", "accounts_grantregion", "UPDATE", "a grant keeps its regions"),
            Guard("accounts_region_no_delete", "accounts_grantregion", "DELETE", "a grant keeps its regions"),
            Guard("accounts_grant_no_delete", "accounts_grant", "DELETE", "a grant is ended, never deleted"),
            Guard("accounts_grant_stays", "accounts_grant", _KEPT, "a grant keeps what it was given for"),
        ),
        migrations.RunPython(make_cache, migrations.RunPython.noop),
    ]
