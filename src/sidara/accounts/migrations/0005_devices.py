"""Devices of accounts: named, revoked, never deleted; what they are and that they were revoked stays."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sidara.records.guards import Guard, guarded

_KEPT = "UPDATE OF account_id, mark, enrolled_at"
_ENDED = "UPDATE OF name, revoked_at, revoked_by_id, revoked_by_name, reason"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_names_for_choices'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('created', 'CREATED'), ('granted', 'GRANTED'), ('grant_ended', 'GRANT_ENDED'), ('handed_over', 'HANDED_OVER'), ('recovered', 'RECOVERED'), ('code_issued', 'CODE_ISSUED'), ('code_used', 'CODE_USED'), ('password_changed', 'PASSWORD_CHANGED'), ('totp_added', 'TOTP_ADDED'), ('totp_removed', 'TOTP_REMOVED'), ('passkey_added', 'PASSKEY_ADDED'), ('passkey_removed', 'PASSKEY_REMOVED'), ('sessions_ended', 'SESSIONS_ENDED'), ('token_made', 'TOKEN_MADE'), ('token_revoked', 'TOKEN_REVOKED'), ('device_enrolled', 'DEVICE_ENROLLED'), ('device_renamed', 'DEVICE_RENAMED'), ('device_revoked', 'DEVICE_REVOKED'), ('device_cleared', 'DEVICE_CLEARED')], max_length=20),
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mark', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('agent', models.CharField(blank=True, max_length=300)),
                ('enrolled_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_by_id', models.UUIDField(null=True)),
                ('revoked_by_name', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('cleared_at', models.DateTimeField(null=True)),
                ('left', models.IntegerField(default=0)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('enrolled_at', 'id'),
            },
        ),
        guarded(
            Guard("accounts_device_stays", "accounts_device", _KEPT, "a device keeps its account and its mark"),
            Guard("accounts_device_no_delete", "accounts_device", "DELETE", "a device is revoked, never deleted"),
            Guard(
                "accounts_device_stays_revoked",
                "accounts_device",
                _ENDED,
                "a revoked device stays revoked",
                unless="{old}revoked_at IS NULL",
            ),
        ),
    ]
