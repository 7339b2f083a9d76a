"""Marks files from a sample database by their name."""

import re

from eitrack.directory.sample import is_sample_data

NAME = re.compile(r"""(filename="|filename\*=utf-8'')(?!sample-)""", re.IGNORECASE)


class SampleNamesMiddleware:
    """Prefixes the name of every downloaded file with `sample-`, once."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        said = response.get("Content-Disposition", "")
        if NAME.search(said) and is_sample_data():
            response["Content-Disposition"] = NAME.sub(r"\1sample-", said)
        return response
