"""A page of a directory, fetched from an address that the settings allow (EITRACK_OUTGOING)."""

import ipaddress
import socket
import ssl
import time
from http.client import HTTPException, HTTPSConnection
from urllib.parse import unquote, urljoin, urlsplit

MOST_BYTES = 10 * 1024 * 1024
CHUNK = 64 * 1024
SECONDS_OF_SILENCE = 10
MOST_SECONDS = 30
MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}


class OutgoingError(Exception):
    """Nothing was fetched; the message says why, for whoever typed the address."""


def is_allowed(address, allowed):
    """Whether it begins as one of these: https, the same host and port, a path at or below it."""
    try:
        asked = urlsplit(address)
        if asked.scheme != "https" or asked.username is not None or not asked.hostname:
            return False
        return any(lies_below(asked, urlsplit(one)) for one in allowed)
    except ValueError:  # A port that is no number, or half an IPv6 address.
        return False


def lies_below(asked, known):
    if (asked.hostname, asked.port or 443) != (known.hostname, known.port or 443):
        return False
    path, below = unquote(asked.path or "/"), unquote(known.path).rstrip("/") + "/"
    climbs = ".." in path.replace("\\", "/").split("/")
    return not climbs and f"{path}/".startswith(below)


def fetch(address, allowed):
    """The bytes of a page; OutgoingError if it may not be asked for, or does not come."""
    began_at = time.monotonic()
    host = urlsplit(address).hostname
    for _ in range(MOST_REDIRECTS + 1):
        if not is_allowed(address, allowed) or urlsplit(address).hostname != host:
            raise OutgoingError(
                "This address is not among those that may be asked. Whoever runs the server sets "
                "them in EITRACK_OUTGOING."
            )
        try:
            content, elsewhere = answer_of(address, began_at)
        except TimeoutError:
            raise OutgoingError("The directory did not answer in time. Try again later.") from None
        except (OSError, HTTPException) as problem:
            name = type(problem).__name__
            raise OutgoingError(f"The directory could not be reached ({name}).") from None
        if elsewhere is None:
            return content
        address = urljoin(address, elsewhere)
    raise OutgoingError("The directory leads from one address to the next.")


def answer_of(address, began_at):
    """(content, None) of an address, or (b"", where it leads)."""
    parts = urlsplit(address)
    connection = PinnedConnection(parts.hostname, parts.port or 443)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(
            "GET", path, headers={"Accept": "application/json", "User-Agent": "EITrack"}
        )
        response = connection.getresponse()
        if response.status in REDIRECTS and response.headers["Location"]:
            return b"", response.headers["Location"]
        if response.status != 200:
            raise OutgoingError(f"The directory answered {response.status}. Is the address right?")
        return content_of(response, began_at), None
    finally:
        connection.close()


def content_of(response, began_at):
    content = bytearray()
    while chunk := response.read1(CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            raise OutgoingError("The page has more than 10 MB. Ask for a smaller page of it.")
        if time.monotonic() - began_at > MOST_SECONDS:
            raise TimeoutError
    return bytes(content)


class PinnedConnection(HTTPSConnection):
    """Goes to the very address that was looked at; the certificate is that of the name."""

    def connect(self):
        address = public_address(self.host, self.port)
        plain = socket.create_connection((address, self.port), timeout=SECONDS_OF_SILENCE)
        self.sock = in_tls(plain, self.host)


def in_tls(plain, host):
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def public_address(host, port):
    """One address of the host; OutgoingError unless all of them are public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(one[4][0].partition("%")[0]) for one in found]
    for address in addresses:
        meant = getattr(address, "ipv4_mapped", None) or address
        if not meant.is_global or meant.is_multicast:
            raise OutgoingError("This address lies in a private network, which is never asked.")
    return str(addresses[0])
