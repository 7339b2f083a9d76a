"""Records that stored figures depend on: every change leaves a mark (`directory.ChangeMark`)."""

from django.db import models, transaction

from eitrack.directory.models import ChangeMark


class MarkedQuerySet(models.QuerySet):
    """Bulk changes mark every month they touch; fields in `SILENT` are in no figure."""

    SILENT = frozenset({"note", "thread", "version"})

    def update(self, **values):
        with transaction.atomic():
            if not self.SILENT.issuperset(values):
                ChangeMark.objects.raise_for_all()
            return super().update(**values)

    def bulk_create(self, *args, **kwargs):
        with transaction.atomic():
            ChangeMark.objects.raise_for_all()
            return super().bulk_create(*args, **kwargs)

    def delete(self):
        with transaction.atomic():
            ChangeMark.objects.raise_for_all()
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True
