"""The device that sent a message stands beside its answer; the guards of the table stay, for it is not built anew."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0013_references_held_together'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='device_id',
            field=models.UUIDField(null=True),
        ),
    ]
