"""Settings of a council's own identity provider and directory, from the environment."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from eitrack.accounts.roles import Role
from eitrack.environment import env

PROVIDER = "council"
NEEDED = ("EITRACK_OIDC_SERVER", "EITRACK_OIDC_CLIENT_ID", "EITRACK_OIDC_SECRET")
# With these Microsoft lets people of any organisation in.
ANYBODY = {"common", "organizations", "consumers"}
LEAST_OF_A_TOKEN = 32
ENTRA = "login.microsoftonline.com"
AT_HOME = ("127.0.0.1", "localhost")


def identity_provider():
    """(allauth's settings of the provider, its address), or ({}, "") where none is set."""
    server, client, secret = (env(name, default="") for name in NEEDED)
    if not any((server, client, secret)):
        return {}, ""
    if not all((server, client, secret)):
        raise ImproperlyConfigured(f"{', '.join(NEEDED)} are set together, or none of them.")
    address = urlsplit(server)
    if address.scheme != "https" and address.hostname not in AT_HOME:
        raise ImproperlyConfigured("EITRACK_OIDC_SERVER begins with https://.")
    is_entra = address.hostname == ENTRA
    if is_entra and ANYBODY & set(address.path.split("/")):
        raise ImproperlyConfigured("EITRACK_OIDC_SERVER names one tenant, by its id.")
    who = env("EITRACK_OIDC_PERSON", default="oid" if is_entra else "sub")
    app = {
        "provider_id": PROVIDER,
        "name": env("EITRACK_OIDC_NAME", default="your organisation"),
        "client_id": client,
        "secret": secret,
        # Entra's page of user information knows no `oid`: the token itself is read there.
        "settings": {"server_url": server, "uid_field": who, "fetch_userinfo": who == "sub"},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}, origin_of(server)


def origin_of(address):
    """What a form may lead to, in the words of the content security policy."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def roles_by_app_role():
    """{app role: our role} of EITRACK_OIDC_ROLES, as `Worker=worker,Lead=manager`; {} if unset."""
    table = {}
    for pair in env.list("EITRACK_OIDC_ROLES", default=[]):
        theirs, _, ours = pair.partition("=")
        if ours not in Role.values:
            raise ImproperlyConfigured(
                f"EITRACK_OIDC_ROLES: {pair} is not as Name=role, with one of "
                f"{', '.join(Role.values)}."
            )
        table[theirs.strip()] = Role(ours)
    return table


def scim_token():
    """By which the council's directory shows who it is; "" without one."""
    token = env("EITRACK_SCIM_TOKEN", default="")
    if token and len(token) < LEAST_OF_A_TOKEN:
        raise ImproperlyConfigured(
            f"EITRACK_SCIM_TOKEN has at least {LEAST_OF_A_TOKEN} characters that nobody guesses."
        )
    return token
