"""A small OpenID provider that runs beside a test and is strict: PKCE, one use of a code.

Its answers have the shape of Microsoft Entra's: `oid` in the token only, an e-mail that nobody
calls verified, app roles under `roles`.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "eitrack", "what only both know"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """`person` is who is signed in there; `refused` what it says instead of a code."""

    def __init__(self):
        self.person = {"oid": "oid-of-ann", "sub": "sub-of-ann", "name": "Ann There"}
        self.refused = ""
        self.asked, self.codes, self.tokens = [], {}, {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/tenant/v2.0"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def handler(provider):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
                if path.endswith("/authorize"):
                    self.send_response(302)
                    self.send_header(
                        "Location", provider.authorize({k: v[0] for k, v in query.items()})
                    )
                    self.end_headers()
                elif path.endswith("/userinfo"):
                    token = self.headers["Authorization"].removeprefix("Bearer ")
                    self.answer(200, provider.userinfo(token))
                elif path.endswith("/openid-configuration"):
                    self.answer(200, provider.configuration())
                else:
                    self.answer(404, {})

            def do_POST(self):
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                said = {name: values[0] for name, values in parse_qs(sent).items()}
                self.answer(*provider.token(said))

            def answer(self, status, what):
                body = json.dumps(what).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """Nothing on the terminal of the tests."""

        return Handler

    def configuration(self):
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, asked):
        self.asked.append(asked)
        if self.refused:
            said = {"error": self.refused}
        else:
            code = secrets.token_urlsafe()
            self.codes[code] = (asked, dict(self.person))
            said = {"code": code}
        return f"{asked['redirect_uri']}?{urlencode(said | {'state': asked['state']})}"

    def token(self, said):
        asked, person = self.codes.pop(said.get("code"), ({}, {}))
        verifier = said.get("code_verifier", "")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
        is_right = (
            (said.get("client_id"), said.get("client_secret")) == (CLIENT, SECRET)
            and said.get("redirect_uri") == asked.get("redirect_uri")
            and asked.get("code_challenge_method") == "S256"
            and asked.get("code_challenge") == challenge.rstrip(b"=").decode()
        )
        if not is_right:
            return 400, {"error": "invalid_grant"}
        access, now = secrets.token_urlsafe(), int(time.time())
        self.tokens[access] = person
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "ver": "2.0"}
        signed = jwt.encode(claims | person, KEY, algorithm="RS256", headers={"kid": "1"})
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": signed}

    def userinfo(self, token):
        """Microsoft Graph's has neither `oid` nor roles."""
        person = self.tokens[token]
        return {name: person[name] for name in ("sub", "name", "email") if name in person}
