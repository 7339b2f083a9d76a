"""A user in the words of SCIM, and what Entra and Okta send of one."""

from dataclasses import dataclass

from django.urls import reverse

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
TRUE_OR_FALSE = {"true": True, "false": False}


class ScimError(Exception):
    """What is wrong with a request, with its status and SCIM's word for it."""

    def __init__(self, detail, *, status=400, kind=""):
        super().__init__(detail)
        self.detail, self.status, self.kind = detail, status, kind


@dataclass
class Said:
    """What a request says of a user; None: nothing."""

    email: str | None = None
    name: str | None = None
    external_id: str | None = None
    is_active: bool | None = None


def resource(user):
    """A leaver whose last day has passed is not active."""
    return {
        "schemas": [USER],
        "id": str(user.pk),
        "externalId": user.external_id,
        "userName": user.email,
        "displayName": user.name,
        "name": {"formatted": user.name},
        "emails": [{"value": user.email, "type": "work", "primary": True}],
        "active": user.is_active,
        "meta": {
            "resourceType": "User",
            "location": reverse("stewardship:scim_user", args=[user.pk]),
        },
    }


def said_in(body):
    """Of a whole user, as it is created or replaced."""
    said = Said()
    for attribute, value in body.items():
        take(said, attribute, value)
    if said.name is None and isinstance(body.get("name"), dict):
        said.name = name_in(body["name"])
    return said


def said_in_patch(body):
    """Of a change: each operation names its attribute by a path, or several without one."""
    operations = body.get("Operations")
    if not isinstance(operations, list):
        raise ScimError("Operations are missing.", kind="invalidSyntax")
    said, parts = Said(), {}
    for operation in operations:
        if not isinstance(operation, dict) or not isinstance(operation.get("op"), str):
            raise ScimError("An operation has no op.", kind="invalidSyntax")
        if operation["op"].lower() not in ("add", "replace"):
            continue  # What is removed of a user is nothing that is kept here.
        path, value = operation.get("path"), operation.get("value")
        for attribute, each in [(path, value)] if path else pairs(value):
            if isinstance(attribute, str) and attribute.startswith("name."):
                parts[attribute.removeprefix("name.")] = each
            elif attribute == "name" and isinstance(each, dict):
                parts |= each
            else:
                take(said, attribute, each)
    if said.name is None and parts:
        said.name = name_in(parts)
    return said


def pairs(value):
    if not isinstance(value, dict):
        raise ScimError("Without a path the value names its attributes.", kind="invalidValue")
    return value.items()


def take(said, attribute, value):
    """Attributes that are not kept here are passed over."""
    match attribute:
        case "active":
            said.is_active = true_or_false(value)
        case "userName":
            said.email = text(value).lower()
        case "displayName":
            said.name = text(value) or None
        case "externalId":
            said.external_id = text(value)


def true_or_false(value):
    """Entra writes "False" where SCIM has false."""
    known = TRUE_OR_FALSE.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(known, bool):
        raise ScimError("active is true or false.", kind="invalidValue")
    return known


def text(value):
    words = " ".join(value.split()) if isinstance(value, str) else None
    if words is None or not words.isprintable():
        raise ScimError("This attribute is a text.", kind="invalidValue")
    return words


def name_in(parts):
    """Written out, else of given and family name; None of neither."""
    whole = parts.get("formatted") or " ".join(
        text(parts[part]) for part in ("givenName", "familyName") if parts.get(part)
    )
    return text(whole) or None
