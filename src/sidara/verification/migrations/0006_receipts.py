"""Receipts of a kecamatan, the forms that they are about, their withdrawals. All only grow."""

import django.db.models.deletion
from django.db import migrations, models

from sidara.records.guards import Guard, guarded

_TABLES = ("receipt", "receiptform", "receiptwithdrawal")
_WORDS = "receipts are never changed"


class Migration(migrations.Migration):

    dependencies = [
        ('regions', '0006_example_codes'),
        ('verification', '0005_minutes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('code', models.CharField(max_length=14, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('district_code', models.CharField(max_length=16)),
                ('district_name', models.CharField(max_length=200)),
                ('region_code', models.CharField(max_length=16)),
                ('region_name', models.CharField(max_length=200)),
                ('dataset', models.CharField(max_length=64)),
                ('handed_at', models.DateTimeField()),
                ('brought_by', models.CharField(max_length=200)),
                ('door', models.CharField(max_length=16)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('file_hash', models.CharField(blank=True, max_length=64)),
                ('message_id', models.UUIDField(unique=True)),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=200)),
                ('actor_function', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('content_hash', models.CharField(max_length=64)),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'ordering': ('-made_at', 'code'),
            },
        ),
        migrations.CreateModel(
            name='ReceiptWithdrawal',
            fields=[
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='withdrawal', serialize=False, to='verification.receipt')),
                ('actor_id', models.UUIDField()),
                ('actor_name', models.CharField(max_length=200)),
                ('actor_function', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('reason', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='ReceiptForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=64)),
                ('form_name', models.CharField(max_length=200)),
                ('period', models.CharField(max_length=16)),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='verification.receipt')),
            ],
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('district', 'number'), name='receipt_number'),
        ),
        migrations.AddIndex(
            model_name='receiptform',
            index=models.Index(fields=['form', 'period'], name='receipt_form'),
        ),
        migrations.AddConstraint(
            model_name='receiptform',
            constraint=models.UniqueConstraint(fields=('receipt', 'form', 'period'), name='receipt_form_once'),
        ),
        guarded(
            *(
                Guard(f"verification_{table}_no_{event.lower()}", f"verification_{table}", event, _WORDS)
                for table in _TABLES
                for event in ("UPDATE", "DELETE")
            )
        ),
    ]
