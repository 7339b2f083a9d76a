"""Somebody at a browser, over a connection of their own."""

import http.client
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from types import SimpleNamespace
from urllib.parse import urlencode


class Hands:
    """Signed in by the cookie of a session."""

    def __init__(self, port, session):
        self.port = port
        self.cookies = {"sessionid": session}

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, answers):
        return self.ask("POST", path, urlencode(answers))

    def ask(self, method, path, body=None):
        # As a browser with one connection a page; a server that is gone raises OSError.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookies["csrftoken"] = value.split("=", 1)[1].split(";")[0]
        return SimpleNamespace(
            status=answer.status, content=content, location=answer.getheader("Location")
        )


def fields_of(page):
    """What a browser would send of the form of this page as it comes."""
    html, answers = page.content.decode(), {}
    for tag in re.findall(r"<input [^>]*>", html):
        found = dict(re.findall(r'(name|value|type)="([^"]*)"', tag))
        is_sent = found.get("type") not in ("checkbox", "radio") or " checked" in tag
        if is_sent and found.get("value") and "name" in found:
            answers[found["name"]] = unescape(found["value"])
    for name, body in re.findall(r'<select name="([^"]*)"(.*?)</select>', html, re.DOTALL):
        if chosen := re.search(r'<option value="([^"]+)" selected', body):
            answers[name] = unescape(chosen[1])
    return answers


def at_once(*posts):
    """Send (hands, path, answers) at the same moment; hands back the answers in this order."""
    with ThreadPoolExecutor(len(posts)) as several:
        sent = [several.submit(hands.post, path, answers) for hands, path, answers in posts]
        return [each.result(timeout=120) for each in sent]
