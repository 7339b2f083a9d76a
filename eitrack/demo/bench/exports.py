"""Tidy rows beside a bare `csv` writer over the same cursor (issue 5: at least a quarter of it)."""

import csv
import time

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from eitrack.demo.bench.timing import Ratio, expect, in_turn, signed_in
from eitrack.workload.tidy.catalogue import BY_NAME
from eitrack.workload.tidy.reach import Reach

EXPORTED = ("activities", "time_entries")
ROUNDS = 3
FETCHED_AT_ONCE = 2000


class Nowhere:
    """A file that takes everything and keeps nothing."""

    def write(self, text):
        return len(text)


def measure_exports(service, rounds):
    """Whole files of all time, and how long their first rows take beside a second."""
    rounds, manager = min(rounds, ROUNDS), signed_in(service.manager)
    for name in EXPORTED:
        url = f"{reverse('workload:records_export', args=[name])}?period=all"
        whole, first = download(manager, url, rows=None), download(manager, url, rows=1)
        label = f"tidy {name.replace('_', ' ')}"
        yield in_turn(label, whole, bare_writer(service, BY_NAME[name]), 4, rounds)
        yield Ratio(f"{label}, first", shortest(first, rounds), 1, 1)


def download(client, url, *, rows):
    """Runs a download to its end, or to its first rows: after the mark and the header."""

    def run():
        response = client.get(url)
        expect(response, 200)
        for number, _ in enumerate(response.streaming_content, start=-1):
            if number == rows:
                break
        response.close()

    return run


def bare_writer(service, dataset):
    """The same rows by the same SQL as one query, written as they come."""
    reach = Reach.of(service.manager, None, timezone.localdate())
    sources = [column.lookup for column in dataset.columns]
    records = dataset.rows(reach).order_by("date", "pk").values_list(*sources)
    sql, params = records.query.sql_with_params()

    def run():
        writer = csv.writer(Nowhere())
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            while rows := cursor.fetchmany(FETCHED_AT_ONCE):
                writer.writerows(rows)

    return run


def shortest(run, rounds):
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        spent.append(time.perf_counter() - began)
    return min(spent)
