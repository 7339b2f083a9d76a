from typing import Any

from django.db.models import Model
from django.utils.text import slugify

LONGEST = 45


def free_slug(model: type[Model], name: str) -> str:
    """A word for addresses made of a name, which no other record of the model has."""
    taken = set(model._default_manager.values_list("slug", flat=True))
    base: Any = slugify(name)[:LONGEST].strip("-") or "unnamed"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return str(slug)
