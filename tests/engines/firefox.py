"""Debian's Firefox by WebDriver BiDi over a port of its own: no driver stands between."""

import contextlib
import json
import shutil
import socket
import subprocess
import time

import websocket

# Firefox asks nobody outside for anything, and starts without pages of its own.
PREFERENCES = {
    "app.normandy.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
PROGRAM = "firefox-esr"
STARTS_WITHIN = 60  # seconds


class Firefox:
    name = "firefox"

    @staticmethod
    def is_installed():
        return shutil.which(PROGRAM) is not None

    def __init__(self, folder, *, size, preferences=None):
        profile = folder / "firefox"
        profile.mkdir(parents=True)
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});"
            for name, value in {**PREFERENCES, **(preferences or {})}.items()
        ]
        (profile / "user.js").write_text("\n".join(lines))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *[PROGRAM, "--headless", "--no-remote", "--profile", str(profile)],
                *[f"--remote-debugging-port={port}", "about:blank"],
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.number = 0
        self.socket = self._connect(f"ws://127.0.0.1:{port}/session")
        self._ask("session.new", capabilities={})
        self.tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        viewport = {"width": size[0], "height": size[1]}
        self._ask("browsingContext.setViewport", context=self.tab, viewport=viewport)

    def _connect(self, address):
        for _ in range(STARTS_WITHIN * 5):
            with contextlib.suppress(OSError, websocket.WebSocketException):
                return websocket.create_connection(address, timeout=60, suppress_origin=True)
            time.sleep(0.2)
        raise AssertionError(f"{PROGRAM} does not answer.")

    def _ask(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, url):
        self._ask("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    def run(self, script):
        """What an expression of JavaScript comes to."""
        answer = self._ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({script})) ?? null))()",
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def type(self, text):
        """By the keyboard, where the focus is."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._ask(
            "input.performActions",
            context=self.tab,
            actions=[{"type": "key", "id": "keyboard", "actions": keys}],
        )

    def back(self):
        self._ask("browsingContext.traverseHistory", context=self.tab, delta=-1)

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(timeout=30)
