#!/bin/bash
# django-simple-history: bulk_update_with_history of a model that keeps the history of a
# many-to-many field writes a version without any of it. The plan keeps its topics, but its history
# says that they were all taken away in that moment: the newest version has none, diff_against names
# it as a change, and a page that shows the plan as it was then shows it without topics. save() of
# the same object copies them.
#
# Guess: a version is a version, however many are written at once.
# Source: django-simple-history 3.13.0, manager.py (bulk_history_create, which knows the fields of
# the table only); models.py (create_historical_record_m2ms) is called for a single one.
# Seen: versions newest first: [('moved', 0), ('kept', 1)], changed: ['title', 'topics'], the plan:
# 1
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check \
    django-simple-history==3.13.0 Django==5.2.8
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "simple_history",
        "__main__",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_update_with_history


class Topic(models.Model):
    class Meta:
        app_label = "__main__"


class Plan(models.Model):
    title = models.CharField(max_length=20)
    topics = models.ManyToManyField(Topic)
    history = HistoricalRecords(m2m_fields=[topics])

    class Meta:
        app_label = "__main__"


call_command("migrate", verbosity=0)
with connection.schema_editor() as editor:
    for model in apps.get_app_config("__main__").get_models():
        editor.create_model(model)
plan = Plan.objects.create(title="new")
plan.topics.add(Topic.objects.create())
plan.title = "kept"
plan.save()
plan.title = "moved"
bulk_update_with_history([plan], Plan, ["title"])

newest, before = plan.history.all()[:2]
versions = [(each.title, each.topics.count()) for each in (newest, before)]
changed = sorted(change.field for change in newest.diff_against(before).changes)
left = plan.topics.count()
print("versions:", versions, "changed:", changed, "topics of the plan:", left)
assert left == 1 and versions[1] == ("kept", 1)
assert versions[0] == ("moved", 0), "the topics are kept in the history now"
assert changed == ["title", "topics"], changed
PYTHON
