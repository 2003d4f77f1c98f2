import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('owner', models.CharField(db_index=True, max_length=200)),
                ('cell', models.CharField(blank=True, max_length=320)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('image/jpeg', 'JPEG'), ('image/png', 'PNG'), ('application/pdf', 'PDF')], max_length=20)),
                ('size', models.IntegerField()),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('small', models.CharField(blank=True, db_index=True, max_length=64)),
                ('original', models.CharField(max_length=64)),
                ('caption', models.CharField(blank=True, max_length=300)),
                ('width', models.IntegerField()),
                ('height', models.IntegerField()),
                ('pages', models.IntegerField()),
                ('taken_at', models.CharField(blank=True, max_length=19)),
                ('latitude', models.CharField(blank=True, max_length=12)),
                ('longitude', models.CharField(blank=True, max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=200)),
                ('number', models.IntegerField()),
                ('act', models.CharField(choices=[('keep', 'KEEP'), ('remove', 'REMOVE')], max_length=8)),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=200)),
                ('actor_function', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('document', models.CharField(max_length=64)),
                ('previous_hash', models.CharField(max_length=64)),
                ('chain_hash', models.CharField(max_length=64)),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='evidence.piece')),
            ],
            options={
                'ordering': ('sequence',),
                'constraints': [models.UniqueConstraint(fields=('owner', 'number'), name='evidence_entry_number'), models.UniqueConstraint(fields=('piece', 'act'), name='evidence_once')],
            },
        ),
    ]
