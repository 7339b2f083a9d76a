"""People of the service at a browser of their own, and what they can tell from a page."""

import html
import re

from django.test import Client
from django.urls import reverse

from tests.sent import form_values

FORM = re.compile(r'<form[^>]* action="([^"]+)">(.*?)</form>', re.S)


class Person:
    """Signed in; opens pages, fills in their forms, presses their buttons."""

    def __init__(self, user):
        self.user, self.hat, self.browser = user, getattr(user, "hat", None), Client()
        self.signs_in()

    def signs_in(self):
        self.browser.force_login(self.user)

    def opens(self, address, **query):
        response = self.browser.get(address, query)
        assert response.status_code == 200, address
        return response

    def reads(self, address, **query):
        return words_of(self.opens(address, **query))

    def fills_in(self, address, **answers):
        """Send the form of a page with these answers; hands back the page it leads to."""
        response = self.sends(address, answers)
        assert response.redirect_chain, dict(response.context["form"].errors)
        return response

    def is_refused(self, address, **answers):
        """Send the form of a page; hands back what it says, {field: messages}."""
        response = self.sends(address, answers)
        assert not response.redirect_chain, address
        return dict(response.context["form"].errors)

    def sends(self, address, answers, page=None):
        """Send the form of a page as it is shown, or as it came back, with these answers."""
        page = page or self.opens(address)
        for name in answers:
            # An answer that no field asks for would be thrown away unseen.
            assert name in page.context["form"].fields, f"{address} does not ask {name}"
        return self.browser.post(address, form_values(page) | answers, follow=True)

    def presses(self, address, button):
        """Send the form of a page that is no more than this button."""
        page = self.opens(address).content.decode()
        for action, inside in FORM.findall(page):
            if button in re.sub(r"<[^>]*>", "", inside):
                hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', inside))
                return self.browser.post(action, hidden, follow=True)
        raise AssertionError(f"{address} has no button {button}")

    def logs(self, kind, **answers):
        """Log one thing; hands back the address of its page."""
        query = {name: answers.pop(name) for name in ("site", "date") if name in answers}
        today = self.fills_in(reverse("daybook:log", args=[kind], query=query), **answers)
        (saved,) = re.findall(r"saved=(\d+)", today.redirect_chain[0][0])
        return reverse("activities:activity_detail", args=[saved])

    def figure(self, code, period):
        """What the page of an indicator says to this person."""
        return self.opens(f"/indicators/{code}/", period=period).context["page"].shown.total


def words_of(response):
    """The text of a page's main part, without tags and with single spaces."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main)).split())


def summary_of(response):
    """{indicator: {row: figure}} of a summary's page."""
    return {
        shown.indicator.code: {cell.label: cell.figure for cell in (shown.total, *shown.rows)}
        for shown in response.context["summary"].shown
    }


def matrix_of(response):
    """{(agency, topic): word} of the page of protocols."""
    return {
        (line.agency.name, cell.topic.value): cell.word
        for line in response.context["matrix"].lines
        for cell in line.cells
    }
