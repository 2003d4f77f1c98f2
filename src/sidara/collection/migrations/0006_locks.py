"""Locks of submissions, which only grow."""

import django.db.models.deletion
from django.db import migrations, models

from sidara.records.guards import Guard, guarded


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0005_submissions_only_grow'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_locked', models.BooleanField()),
                ('opened', models.JSONField(default=list)),
                ('reference', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField()),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locks', to='collection.submission')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        guarded(
            Guard("collection_lock_no_update", "collection_lock", "UPDATE", "a lock is never changed"),
            Guard("collection_lock_no_delete", "collection_lock", "DELETE", "a lock is never changed"),
        ),
    ]
