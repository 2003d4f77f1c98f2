"""A grant says for which company it is, and keeps that; the table is built anew on SQLite."""

from django.db import migrations, models

from sidara.records.guards import Guard, guarded

_KEPT = "UPDATE OF account_id, role, is_everywhere, sectors, company, valid_from, granted_at, granted_by_id"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_devices")]
    operations = [
        migrations.AddField(
            model_name="grant",
            name="company",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        guarded(
            Guard("accounts_grant_no_delete", "accounts_grant", "DELETE", "a grant is ended, never deleted"),
            Guard("accounts_grant_stays", "accounts_grant", _KEPT, "a grant keeps what it was given for"),
        ),
    ]
