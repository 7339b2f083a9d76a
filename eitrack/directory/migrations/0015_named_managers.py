"""Who is named manager of a team becomes a record, so that a deputy's can rest on a role term."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_invitations'),
        ('directory', '0014_merged_places'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            # The table that Django kept for the relation, under the name of the model.
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE directory_team_managers RENAME TO directory_teammanager',
                    'ALTER TABLE directory_teammanager RENAME TO directory_team_managers',
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='TeamManager',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_managers', to='directory.team')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_teams', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['team', 'user', 'pk'],
                        'unique_together': {('team', 'user')},
                    },
                ),
                migrations.AlterField(
                    model_name='team',
                    name='managers',
                    field=models.ManyToManyField(blank=True, related_name='managed_teams', through='directory.TeamManager', to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AlterUniqueTogether(name='teammanager', unique_together=set()),
        migrations.AddField(
            model_name='teammanager',
            name='term',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='named_teams', to='accounts.roleterm'),
        ),
        migrations.AddConstraint(
            model_name='teammanager',
            constraint=models.UniqueConstraint(condition=models.Q(('term__isnull', True)), fields=('team', 'user'), name='teammanager_once'),
        ),
        migrations.AddConstraint(
            model_name='teammanager',
            constraint=models.UniqueConstraint(fields=('team', 'user', 'term'), name='teammanager_once_a_term'),
        ),
    ]
