import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('collection', '0006_locks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('act', models.CharField(choices=[('send', 'SEND'), ('withdraw', 'WITHDRAW'), ('endorse', 'ENDORSE')], max_length=16)),
                ('revision', models.IntegerField()),
                ('content_hash', models.CharField(max_length=64)),
                ('message_id', models.UUIDField(unique=True)),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=200)),
                ('actor_function', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('due_date', models.DateField(null=True)),
                ('is_late', models.BooleanField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('chain_hash', models.CharField(max_length=64)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.submission', to_field='uid')),
            ],
            options={
                'ordering': ('sequence',),
            },
        ),
        migrations.CreateModel(
            name='CellLevel',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('row', models.CharField(blank=True, max_length=36)),
                ('variable', models.CharField(max_length=64)),
                ('breakdown', models.CharField(max_length=200)),
                ('level', models.SmallIntegerField(choices=[(-1, 'DRAFT'), (0, 'SENT'), (1, 'ENDORSED'), (2, 'DISTRICT'), (3, 'REGENCY'), (4, 'PROVINCE')])),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='verification.event')),
            ],
            options={
                'ordering': ('sequence',),
            },
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('submission', 'number'), name='event_number'),
        ),
    ]
