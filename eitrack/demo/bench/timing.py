"""Ours beside the floor, in turn, in one process: a ratio is fair when a machine is not."""

import re
import statistics
import time
import uuid
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from eitrack.directory.models import Site

LOG = "/log/drop_in/"


@dataclass(frozen=True)
class Ratio:
    """Medians in seconds of ours and of its floor; `most` is what SPEC.md part 7 allows."""

    name: str
    ours: float
    floor: float
    most: float

    @property
    def value(self):
        return self.ours / self.floor


def measure(service, rounds):
    """The ratios of SPEC.md part 7 at the size the database has now."""
    worker, manager = signed_in(service.workers[0]), signed_in(service.manager)
    team = reverse("workload:team_detail", args=[service.teams[0].slug])
    answers = form_answers(worker)
    # A place of its own for each save: what it would ask about a second one is not measured.
    places = iter(own_sites(2 * (rounds + 1)))
    floor_answers = dict.fromkeys("abcd", "text") | dict.fromkeys("efgh", "5")

    def save(follow):
        def run():
            new = {"form_token": str(uuid.uuid4()), "site": next(places)}
            response = worker.post(LOG, answers | new)
            expect(response, 302)
            if follow:
                expect(worker.get(response["Location"]), 200)

        return run

    def floor_save(follow):
        def run():
            expect(worker.post("/bench/form/", floor_answers), 302)
            if follow:
                expect(worker.get("/bench/page/"), 200)

        return run

    def page(client, url):
        return lambda: expect(client.get(url), 200)

    pairs = [
        ("log form", page(worker, LOG), page(worker, "/bench/form/"), 1.5),
        ("save", save(False), floor_save(False), 2),
        ("save and next page", save(True), floor_save(True), 2),
        ("list page", page(worker, "/activities/"), page(worker, "/bench/list/"), 3),
        ("list page, manager", page(manager, "/activities/"), page(manager, "/bench/list/"), 3),
        ("team page", page(manager, team), page(manager, "/bench/sums/"), 3),
        ("my work", page(worker, "/my-work/"), page(worker, "/bench/sums/"), 3),
        ("today", page(worker, "/today/"), page(worker, "/bench/page/"), 3),
    ]
    return [in_turn(name, ours, floor, most, rounds) for name, ours, floor, most in pairs]


def own_sites(number):
    first = Site.objects.count()
    named = [Site(name=f"Own site {first + n}", kind="community") for n in range(number)]
    return [site.pk for site in Site.objects.bulk_create(named)]


def in_turn(name, ours, floor, most, rounds):
    ours(), floor()
    spent = ([], [])
    for _ in range(rounds):
        for run, times in zip((ours, floor), spent, strict=True):
            began = time.perf_counter()
            run()
            times.append(time.perf_counter() - began)
    return Ratio(name, *(statistics.median(times) for times in spent), most)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def form_answers(client):
    """What a browser would send of the drop-in form as it comes, with 14 people."""
    html = client.get(LOG).content.decode()
    answers = {"attendance": "14"}
    for tag in re.findall(r"<input [^>]*>", html):
        found = dict(re.findall(r'(name|value|type)="([^"]*)"', tag))
        if found.get("type") != "checkbox" and found.get("value") and "name" in found:
            answers[found["name"]] = found["value"]
    for name, body in re.findall(r'<select name="([^"]*)"(.*?)</select>', html, re.DOTALL):
        if chosen := re.search(r'<option value="([^"]+)" selected', body):
            answers[name] = chosen[1]
    # A day so full that the twelve-hour question would be asked is not what is measured.
    answers["contact_minutes"] = "0"
    answers.pop("date", None)
    return answers | {"date": re.search(r'name="date" value="([^"]*)"', html)[1]}


def expect(response, status):
    if response.status_code != status:
        errors = getattr((response.context or {}).get("form"), "errors", "")
        path = response.request["PATH_INFO"]
        raise RuntimeError(f"{path}: {response.status_code}, not {status}. {errors}")
