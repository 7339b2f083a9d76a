"""What the trail tells, in words."""


def model_words(model):
    """The kind of a record, as `Time entry`."""
    words = str(model._meta.verbose_name)
    return words[:1].upper() + words[1:]


def reason_in_words(reason):
    """A code as words: `given worker`, `was away`."""
    return reason.replace("_", " ").replace("-", " ")
