"""The floor: what a page, a form, a list and an insert cost at the least in this very server.

These pages exist only while `manage.py bench` runs.
"""

from django import forms
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

CREATE = (
    "CREATE TABLE bench_row (id {serial}, a text, b text, c text, d text, "
    "e integer, f integer, g integer, h integer)",
    "CREATE TABLE bench_sum (team integer, month text, kind integer, minutes integer, "
    "PRIMARY KEY (team, month, kind))",
)
WORDS = "A plain sentence to fill a page of ten kilobytes. " * 4


def create_tables():
    serial = (
        "integer PRIMARY KEY AUTOINCREMENT"
        if connection.vendor == "sqlite"
        else "bigserial PRIMARY KEY"
    )
    with connection.cursor() as cursor:
        for statement in CREATE:
            cursor.execute(statement.format(serial=serial))
        for number in range(200):
            cursor.execute(
                "INSERT INTO bench_row (a, b, c, d, e, f, g, h) "
                "VALUES (%s, 'b', 'c', 'd', 5, 6, 7, 8)",
                [f"row {number}"],
            )
        for month in range(12):
            for kind in range(4):
                cursor.execute(
                    "INSERT INTO bench_sum VALUES (1, %s, %s, 600)", [f"2026-{month + 1:02}", kind]
                )


class FloorForm(forms.Form):
    """Eight plain fields."""

    a = forms.CharField()
    b = forms.CharField()
    c = forms.CharField()
    d = forms.CharField()
    e = forms.IntegerField()
    f = forms.IntegerField()
    g = forms.IntegerField()
    h = forms.IntegerField()


def page(request):
    return render(request, "demo/floor.html", {"paragraphs": [WORDS] * 42})


def form(request):
    bound = FloorForm(request.POST or None)
    if request.method == "POST" and bound.is_valid():
        names = list(bound.fields)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO bench_row ({', '.join(names)}) "
                f"VALUES ({', '.join(['%s'] * len(names))})",
                [bound.cleaned_data[name] for name in names],
            )
        return redirect("bench_page")
    return render(request, "demo/floor.html", {"form": bound})


def insert(request):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_row (a, b, c, d, e, f, g, h) VALUES ('a','b','c','d',1,2,3,4)"
        )
    return HttpResponse(status=204)


def rows(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT a, b, c, d, e, f FROM bench_row ORDER BY id DESC LIMIT 25")
        return render(request, "demo/floor.html", {"rows": cursor.fetchall()})


def sums(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT month, kind, minutes FROM bench_sum WHERE team = 1 ORDER BY 1, 2")
        return render(
            request, "demo/floor.html", {"rows": cursor.fetchall(), "paragraphs": [WORDS] * 20}
        )


urlpatterns = [
    path("bench/page/", page, name="bench_page"),
    path("bench/form/", form, name="bench_form"),
    path("bench/insert/", insert, name="bench_insert"),
    path("bench/list/", rows, name="bench_list"),
    path("bench/sums/", sums, name="bench_sums"),
    path("", include("eitrack.urls")),
]
