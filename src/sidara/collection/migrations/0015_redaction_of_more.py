import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0014_device_of_message'),
        ('evidence', '0004_redaction'),
    ]

    operations = [
        migrations.CreateModel(
            name='RedactingReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.revision')),
            ],
        ),
        migrations.AlterField(
            model_name='redactionrequest',
            name='cell',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='collection.cell'),
        ),
        migrations.AddField(
            model_name='redactionrequest',
            name='revision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collection.revision'),
        ),
        migrations.AddField(
            model_name='redactionrequest',
            name='piece',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.piece'),
        ),
        migrations.AddConstraint(
            model_name='redactionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cell__isnull', False), ('piece', None), ('revision', None)), models.Q(('cell', None), ('piece', None), ('revision__isnull', False)), models.Q(('cell', None), ('piece__isnull', False), ('revision', None)), _connector='OR'), name='redaction_about_one'),
        ),
        migrations.AddField(
            model_name='redactiondecision',
            name='act',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.entry'),
        ),
        migrations.AddField(
            model_name='redactiondecision',
            name='reasons',
            field=models.JSONField(default=list),
        ),
    ]
