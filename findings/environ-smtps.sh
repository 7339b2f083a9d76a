#!/bin/bash
# django-environ: an e-mail address that begins with smtps:// is not spoken to by TLS from the first
# byte (RFC 8314, port 465), as every mail client means it, but by STARTTLS: against a server on 465
# Django waits for a greeting that never comes. Implicit TLS is smtp+ssl://.
#
# Source: Env.email_url_config of django-environ 0.14.0, which sorts smtps with smtp+tls.
# Seen: {'EMAIL_USE_TLS': True} for smtps://, {'EMAIL_USE_SSL': True} for smtp+ssl://.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check django-environ==0.14.0
"$folder/venv/bin/python" - <<'PYTHON'
import environ

seen = {}
for scheme in ("smtps", "smtp+tls", "smtp+ssl"):
    config = environ.Env.email_url_config(f"{scheme}://mail.example.org:465")
    seen[scheme] = {name: value for name, value in config.items() if name.startswith("EMAIL_USE")}
    print(scheme, seen[scheme])
assert seen == {
    "smtps": {"EMAIL_USE_TLS": True},
    "smtp+tls": {"EMAIL_USE_TLS": True},
    "smtp+ssl": {"EMAIL_USE_SSL": True},
}, "django-environ reads these addresses otherwise now"
PYTHON
