"""Choices are told by the names of their codes: a word of the screen is no part of a table."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_tokens'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('created', 'CREATED'), ('granted', 'GRANTED'), ('grant_ended', 'GRANT_ENDED'), ('handed_over', 'HANDED_OVER'), ('recovered', 'RECOVERED'), ('code_issued', 'CODE_ISSUED'), ('code_used', 'CODE_USED'), ('password_changed', 'PASSWORD_CHANGED'), ('totp_added', 'TOTP_ADDED'), ('totp_removed', 'TOTP_REMOVED'), ('passkey_added', 'PASSKEY_ADDED'), ('passkey_removed', 'PASSKEY_REMOVED'), ('sessions_ended', 'SESSIONS_ENDED'), ('token_made', 'TOKEN_MADE'), ('token_revoked', 'TOKEN_REVOKED')], max_length=20),
        ),
        migrations.AlterField(
            model_name='login',
            name='failure',
            field=models.CharField(blank=True, choices=[('', 'NONE'), ('wrong', 'WRONG'), ('second_step', 'SECOND_STEP'), ('throttled', 'THROTTLED'), ('inactive', 'INACTIVE'), ('code', 'CODE')], max_length=16),
        ),
        migrations.AlterField(
            model_name='login',
            name='method',
            field=models.CharField(choices=[('password', 'PASSWORD'), ('totp', 'TOTP'), ('passkey', 'PASSKEY'), ('password_passkey', 'PASSWORD_PASSKEY'), ('code', 'CODE')], max_length=16),
        ),
        migrations.AlterField(
            model_name='tokenuse',
            name='refusal',
            field=models.CharField(blank=True, choices=[('', 'NONE'), ('unknown', 'UNKNOWN'), ('wrong', 'WRONG'), ('expired', 'EXPIRED'), ('revoked', 'REVOKED'), ('inactive', 'INACTIVE')], max_length=16),
        ),
    ]
