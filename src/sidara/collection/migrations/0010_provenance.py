import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0009_redaction_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Provenance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=200)),
                ('words', models.CharField(max_length=500)),
                ('cell', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provenance', to='collection.cell')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provenance', to='collection.revision')),
            ],
        ),
    ]
