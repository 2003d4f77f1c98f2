import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0003_uploads'),
    ]

    operations = [
        migrations.CreateModel(
            name='Leaving',
            fields=[
                ('name', models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Redacting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.piece')),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='redaction',
            field=models.CharField(blank=True, db_default='', max_length=64),
        ),
        migrations.AddField(
            model_name='entry',
            name='since',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='entry',
            name='act',
            field=models.CharField(choices=[('keep', 'KEEP'), ('remove', 'REMOVE'), ('redact', 'REDACT')], max_length=8),
        ),
    ]
