"""`docs/running.md` and the files beside it: what they name is there, and systemd reads them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from eitrack.environment import BASE_DIR, KNOWN

PAPER = (BASE_DIR / "docs" / "running.md").read_text()
FILES = sorted((BASE_DIR / "docs" / "service").iterdir())
UNITS = [file for file in FILES if file.suffix in (".service", ".timer")]


def text_of(name):
    return (BASE_DIR / "docs" / "service" / name).read_text()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_beside_the_paper_stands_in_it(file):
    assert f"service/{file.name})" in PAPER


@pytest.mark.parametrize("file", [*FILES, BASE_DIR / "docs/running.md"], ids=lambda one: one.name)
def test_every_command_is_there(file):
    named = set(re.findall(r"manage\.py ([a-z_]+)", file.read_text()))

    assert named - set(get_commands()) == set()


def test_every_setting_is_known():
    given = re.findall(r"^([A-Z_]+)=", text_of("settings.env"), re.MULTILINE)

    assert given
    assert set(given) <= KNOWN


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_reads_the_units(tmp_path):
    """With programs that are on this machine, as it looks whether they are."""
    for unit in UNITS:
        text = re.sub(r"/srv/eitrack/\.venv/bin/\w+", shutil.which("true"), unit.read_text())
        (tmp_path / unit.name).write_text(text)
    units = [str(tmp_path / unit.name) for unit in UNITS]

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )

    complaints = [line for line in done.stderr.splitlines() if "eitrack" in line]
    assert complaints == []
    assert done.returncode == 0, done.stderr


def test_the_server_of_the_unit_is_the_one_that_make_serve_starts():
    words = re.search(r"gunicorn (eitrack\.wsgi .*)", text_of("eitrack-web.service"))[1].split()
    serve = Path(BASE_DIR / ".ci" / "serve").read_text()

    for word in ("--workers", "--threads", "--no-control-socket"):
        assert word in words
        assert word in serve


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "nginx.conf",
            [
                *("proxy_request_buffering on;", "client_max_body_size 11m;"),
                *("client_max_body_size 101m;", "client_body_timeout 20s;", "location = /readyz"),
                "proxy_set_header X-Forwarded-For $remote_addr;",
            ],
        ),
        ("Caddyfile", ["request_buffers 101MB", "max_size 11MB", "read_body 60s", "/readyz"]),
    ],
)
def test_a_proxy_takes_whole_requests_within_limits(name, lines):
    text = text_of(name)

    assert [line for line in lines if line not in text] == []


def test_the_log_of_nginx_holds_nothing_behind_a_question_mark():
    [shape] = re.findall(r"log_format eitrack '([^']*)'", text_of("nginx.conf"))

    assert "$uri" in shape
    assert "$request_uri" not in shape
    assert "$request " not in shape
