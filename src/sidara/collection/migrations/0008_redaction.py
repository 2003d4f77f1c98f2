import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0007_handed_file'),
    ]

    operations = [
        migrations.AlterField(
            model_name='revision',
            name='source',
            field=models.CharField(choices=[('web', 'WEB'), ('offline', 'OFFLINE'), ('take_away', 'TAKE_AWAY'), ('excel', 'EXCEL'), ('csv', 'CSV'), ('api', 'API'), ('paper', 'PAPER'), ('prefill', 'PREFILL'), ('migration', 'MIGRATION'), ('redaction', 'REDACTION')], max_length=16),
        ),
        migrations.CreateModel(
            name='Redacting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.cell')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.submission')),
            ],
        ),
        migrations.CreateModel(
            name='RedactionRequest',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('scope', models.CharField(choices=[('numbers', 'NUMBERS'), ('all', 'ALL')], max_length=8)),
                ('reason', models.TextField()),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=200)),
                ('actor_function', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='collection.cell')),
            ],
            options={
                'ordering': ('made_at',),
            },
        ),
        migrations.CreateModel(
            name='RedactionDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=200)),
                ('actor_function', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('contents', models.JSONField(default=list)),
                ('record', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redaction', to='collection.revision')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='collection.redactionrequest')),
            ],
        ),
    ]
