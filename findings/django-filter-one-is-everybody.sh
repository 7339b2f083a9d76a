#!/bin/bash
# django-filter: ?agreed=1 gives everybody, and so do 0, no, off and on; only true and false are
# understood, and 2 and 3, which mean yes and no. What is not understood is not refused: the form is
# valid and the filter is left out. A link or a script that asks for those who did not agree by
# agreed=0 is answered with all, agreed or not.
#
# Guess: 1 and 0 are yes and no, as everywhere in Django, or the form has an error.
# Source: django-filter 26.2, filters.py (BooleanFilter takes NullBooleanField); Django 5.2.8,
# forms/widgets.py (NullBooleanSelect.value_from_datadict, whose "1" was once the choice "unknown").
# Seen: {'true': 1, 'false': 1, '1': 3, '0': 3, 'no': 3, 'on': 3, '2': 1, '3': 1} of 3, all valid
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check django-filter==26.2 Django==5.2.8
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django_filters", "__main__"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

import django_filters
from django.db import connection, models


class Person(models.Model):
    agreed = models.BooleanField(null=True)

    class Meta:
        app_label = "__main__"


class PersonFilter(django_filters.FilterSet):
    class Meta:
        model = Person
        fields = ("agreed",)


with connection.schema_editor() as editor:
    editor.create_model(Person)
Person.objects.bulk_create([Person(agreed=agreed) for agreed in (True, False, None)])
found = {}
for text in ("true", "false", "1", "0", "no", "on", "2", "3"):
    asked = PersonFilter({"agreed": text}, Person.objects.all())
    assert asked.is_valid(), "what is not understood is refused now"
    found[text] = asked.qs.count()
print(found)
assert found["true"] == found["false"] == 1
assert [found[text] for text in ("1", "0", "no", "on")] == [3] * 4, "they are understood now"
assert found["2"] == found["3"] == 1, "2 and 3 mean nothing now"
PYTHON
