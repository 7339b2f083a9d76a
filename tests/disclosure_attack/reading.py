"""Everything that an officer of the district, a partner and the public can get, read as they would.

Pages through the client, files as they are downloaded, the command as it is run. What a partner
or the public is given (released files, the explainer, agendas) is part of it.
"""

import json
import re
from io import StringIO

from django.core.management import call_command
from django.urls import reverse

from tests.disclosure_attack.papers import (
    Page,
    Words,
    from_csv,
    from_json,
    from_page,
    from_workbook,
)

FUNDER = "funder:"


class Reading:
    """`facts` of the service; of funder returns the period carries the stream's name.

    `client` is signed in as the officer. `tell(what)` hears of progress.
    """

    def __init__(self, client, periods, tell=lambda what: None):
        self.client, self.periods, self.tell = client, periods, tell
        self.words, self.facts = Words(), []

    def get(self, address, **query):
        answer = self.client.get(address, query)
        assert answer.status_code == 200, f"{address} {query}: {answer.status_code}"
        return answer

    def everything(self):
        for period in self.periods:
            self.summaries(period)
            self.command(period)
        self.returns()
        self.funders()
        self.indicators()
        self.comparisons()
        return self

    # --- Pages and files ---

    def summaries(self, period):
        address = reverse("returns:summary")
        text = self.get(address, period=period, by="none", format="json").content
        self.facts += from_json(text, f"summary {period}", self.words)
        for by in self._choices(self.get(address, period=period, by="none"), "id_by"):
            self.tell(f"summary {period} by {by}")
            source = f"summary {period} by {by}"
            text = self.get(address, period=period, by=by, format="json").content
            self.facts += from_json(text, f"{source}, JSON", self.words)
            page = self.get(address, period=period, by=by).content.decode()
            self.facts += from_page(page, f"{source}, page", self.words, period)
        text = self.get(address, period=period, by="team", format="csv").content.decode()
        self.facts += from_csv(text, f"summary {period}, CSV", self.words)

    def _choices(self, answer, field):
        """What a page offers to choose from, but for nothing and what it is not released by."""
        text = answer.content.decode()
        start = text.index(f'id="{field}"')
        values = []
        for piece in text[start : text.index("</select>", start)].split("<option")[1:]:
            values.append(piece.split('value="')[1].split('"')[0])
        return [value for value in values if value not in ("", "none")]

    def command(self, period):
        out = StringIO()
        call_command("summary", period=period, by="team", format="json", stdout=out)
        self.facts += from_json(out.getvalue(), f"the command, {period}", self.words)

    def returns(self):
        """Every released return: each of its files, its page and its explainer."""
        for address in self._links(reverse("returns:return_list"), r"/returns/\d+/$"):
            answer = self.client.get(address)
            if answer.status_code == 302:  # a draft
                continue
            self.tell(address)
            page = answer.content.decode()
            files = [link for link in Page(page).links if "/files/" in link]
            data = [self.get(link).content for link in files if link.endswith(".json")]
            contents = [text for text in data if "tables" in json.loads(text)]
            if not contents:
                continue
            facts, kind, stream, period = self._of_return(contents[0], address)
            for link in files:
                facts += self._of_file(link, period)
            if kind == "summary":
                answer = self.get(f"{address}explainer/").content.decode()
                facts += from_page(answer, f"{address}explainer/", self.words, period)
            self.facts += [self._under(stream, fact) for fact in facts]

    def _of_return(self, text, source):
        content = json.loads(text)
        facts = list(from_json(text, source, self.words))
        title = content["title"].split(", ")
        stream = title[1] if content["kind"] == "funder" else ""
        return facts, content["kind"], stream, content["period"]["code"]

    def _of_file(self, link, period):
        content = self.get(link).content
        if link.endswith(".csv"):
            return list(from_csv(content.decode("utf-8-sig"), link, self.words))
        if link.endswith(".xlsx"):
            return list(from_workbook(content, link, self.words, period))
        return []

    def _under(self, stream, fact):
        return fact._replace(code=f"{FUNDER}{stream}:{fact.code}") if stream else fact

    def funders(self):
        for address in self._links(reverse("returns:funder_list"), r"/returns/funders/[\w-]+/$"):
            page = self.get(address).content.decode()
            heading = Page(page).texts
            stream = next(each for each in self.streams if each in heading)
            found = from_page(page, address, self.words, "")
            self.facts += [self._under(stream, fact) for fact in found]

    @property
    def streams(self):
        return sorted({fact.row for fact in self.facts if fact.by == "funding_stream"})

    def indicators(self):
        for address in self._links(
            reverse("indicators:indicator_list"), r"/indicators/[A-Z-]+\d+/"
        ):
            code = address.strip("/").split("/")[-1]
            # Of people and activities each period's summary was read row by row; of two periods
            # it is enough to see whether an indicator's page says anything else.
            is_of_time = self.words.classes.get(code) == "R"
            for period in self.periods if is_of_time else self.periods[-2:]:
                page = self.get(address, period=period)
                if b'id="id_by"' not in page.content:
                    continue
                self.tell(f"{code} {period}")
                for by in ["", *self._choices(page, "id_by")]:
                    text = self.get(address, period=period, by=by).content.decode()
                    source = f"{address} {period} by {by}"
                    self.facts += from_page(text, source, self.words, period, about=code)

    def comparisons(self):
        address = reverse("indicators:indicator_compare")
        for period, other in zip(self.periods, self.periods[1:], strict=False):
            answer = self.get(address, period=period, to=other, chart="PTN-03")
            source, text = f"compared {period} {other}", answer.content.decode()
            self.facts += from_page(text, source, self.words, period, about="PTN-03")

    def _links(self, address, pattern):
        links = Page(self.get(address).content.decode()).links
        return sorted({found[0] for link in links if (found := re.search(pattern, link))})


def decided_twice(places):
    """Figures that one paper hides and another prints: [(place, {text: where it stands})]."""
    return [
        (place, parts["figure"])
        for place, parts in places.items()
        if {"c", "x"} & set(parts.get("figure", ()))
        and any(text[0].isdigit() for text in parts["figure"] if text)
    ]


def by_place(facts):
    """{(code, period, by, row): {part: {text: where it stands}}}."""
    found = {}
    for fact in facts:
        place = found.setdefault(fact[:4], {})
        place.setdefault(fact.part, {}).setdefault(fact.text, fact.source)
    return found
