"""Somebody at a browser, over a connection of their own."""

import http.client
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
