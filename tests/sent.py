"""What a browser would send of a form."""


def form_values(response):
    """The values of the form on this page as they stand in its fields, untouched."""
    values = {}
    for field in response.context["form"]:
        value = field.value()
        if value in (None, "", False, []):
            continue
        is_moment = hasattr(value, "isoformat")
        values[field.html_name] = field.field.widget.format_value(value) if is_moment else value
    return values
