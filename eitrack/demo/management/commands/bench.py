"""`manage.py bench`: how many times the floor our pages cost, at several sizes of history."""

import gc

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from eitrack.demo.bench.catalogue import measure_catalogue
from eitrack.demo.bench.exports import measure_exports
from eitrack.demo.bench.filling import build_service, fill_up_to
from eitrack.demo.bench.floor import create_tables
from eitrack.demo.bench.intake import measure_intake
from eitrack.demo.bench.texts import measure_texts
from eitrack.demo.bench.timing import measure


class Command(BaseCommand):
    help = "Measure our pages against a floor in a database of its own, as ratios."

    def add_arguments(self, parser):
        parser.add_argument(
            "--sizes",
            default="1000,100000",
            help="activities, comma-separated: 1000,100000,1000000",
        )
        parser.add_argument("--rounds", type=int, default=25)
        parser.add_argument(
            "--rows", type=int, default=50_000, help="of a sheet that is brought in; 0 for none"
        )

    def handle(self, *, sizes, rounds, rows, **options):
        try:
            sizes = sorted({int(size) for size in sizes.split(",")})
        except ValueError as error:
            raise CommandError("Write the sizes as whole numbers: 1000,100000") from error
        if rounds < 1 or sizes[0] < 1:
            raise CommandError("Sizes and rounds begin at 1.")
        # A database beside the real one, made by the same migrations and taken away at the end.
        connection.settings_dict["TEST"]["NAME"] = self._name()
        before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            with override_settings(
                ROOT_URLCONF="eitrack.demo.bench.floor",
                ALLOWED_HOSTS=["testserver"],
                STORAGES={
                    **settings.STORAGES,
                    "staticfiles": {
                        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
                    },
                },
            ):
                self._measure_all(sizes, rounds, rows)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)

    def _name(self):
        if connection.vendor == "sqlite":
            return str(settings.BASE_DIR / "var" / "bench.sqlite3")
        return f"{connection.settings_dict['NAME']}_bench"

    def _measure_all(self, sizes, rounds, rows):
        create_tables()
        # As the server does (wsgi.py).
        gc.collect()
        gc.freeze()
        service = build_service(timezone.localdate(), sizes[-1])
        table = {}
        for size in sizes:
            self.stderr.write(f"{connection.vendor}: filling up to {size:,} activities …")
            fill_up_to(service, size)
            self.stderr.write(f"{connection.vendor}: measuring …")
            ratios = (
                *measure(service, rounds),
                *measure_catalogue(service, rounds),
                *measure_exports(service, rounds),
                measure_texts(),
            )
            for ratio in ratios:
                table.setdefault((ratio.name, ratio.most), []).append(ratio)
        self._print(table, sizes)
        if rows:
            self.stderr.write(f"{connection.vendor}: bringing in {rows:,} rows …")
            self.stdout.write(f"\n{f'a sheet of {rows:,} rows':<38}{'measured':>28}{'at most':>10}")
            for what, measured, most in measure_intake(service, rows):
                self.stdout.write(f"{what:<38}{measured:>28}{most:>10}")

    def _print(self, table, sizes):
        heads = "".join(f"{f'{size:,}':>26}" for size in sizes)
        self.stdout.write(f"{connection.vendor:<26}{'at most':>8}{heads}{'growth':>9}")
        for (name, most), ratios in table.items():
            cells = "".join(
                f"{f'{each.value:.2f} × ({each.ours * 1000:.1f}/{each.floor * 1000:.1f} ms)':>26}"
                for each in ratios
            )
            growth = ratios[-1].ours / ratios[0].ours
            self.stdout.write(f"{name:<26}{f'{most} ×':>8}{cells}{growth:>8.2f} ×")
