
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dictionary', '0002_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('sector', 'SECTOR'), ('agency', 'AGENCY'), ('concept', 'CONCEPT'), ('unit', 'UNIT'), ('classification', 'CLASSIFICATION'), ('parameter', 'PARAMETER'), ('table', 'TABLE'), ('form', 'FORM'), ('list', 'LIST'), ('variable', 'VARIABLE'), ('indicator', 'INDICATOR'), ('feed', 'FEED'), ('activity', 'ACTIVITY'), ('window', 'WINDOW'), ('milestone', 'MILESTONE')], max_length=16),
        ),
    ]
