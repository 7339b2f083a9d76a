"""Made lists in the form of the public ones: every name, number and postcode is invented."""

import csv
import io
import json
import zipfile
from functools import partial

HEADER = [
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "TypeOfEstablishment (code)", "TypeOfEstablishment (name)", "EstablishmentTypeGroup (code)",
    "EstablishmentTypeGroup (name)", "EstablishmentStatus (code)", "EstablishmentStatus (name)",
    "OpenDate", "CloseDate", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
    "StatutoryLowAge", "StatutoryHighAge", "Street", "Locality", "Address3", "Town",
    "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum", "HeadTitle (name)",
    "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle", "UPRN", "SiteName",
]  # fmt: skip
USUAL = {
    "LA (code)": "399", "LA (name)": "Brindley", "TypeOfEstablishment (code)": "01",
    "TypeOfEstablishment (name)": "Community school", "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open", "PhaseOfEducation (code)": "2",
    "PhaseOfEducation (name)": "Primary", "StatutoryLowAge": "4", "StatutoryHighAge": "11",
    "Town": "Brindley", "Postcode": "ZZ1 1AA", "HeadTitle (name)": "Mrs",
    "HeadFirstName": "Quillemma", "HeadLastName": "Zabriskie",
}  # fmt: skip
CENTRE = {
    "TypeOfEstablishment (code)": "47", "TypeOfEstablishment (name)": "Children's centre",
    "PhaseOfEducation (code)": "0", "PhaseOfEducation (name)": "Not applicable",
    "StatutoryLowAge": "0", "StatutoryHighAge": "5",
}  # fmt: skip
STATUS = {
    "Open": "1", "Closed": "2", "Open, but proposed to close": "3", "Proposed to open": "4",
}  # fmt: skip
WORDS = ("Alder", "Birch", "Cedar", "Dovecote", "Elm", "Fernhill", "Gorse", "Heron", "Ivy", "Jay")
ENDS = ("Bank", "Close", "Cross", "Field", "Green", "Hill", "Lane", "Mead", "Park", "Wood")


def place(urn, name, status="Open", **values):
    """A line as {head: value}; names of arguments with a space are given as `**{...}`."""
    told = {"EstablishmentStatus (name)": status, "EstablishmentStatus (code)": STATUS[status]}
    return {**USUAL, **told, "URN": str(urn), "EstablishmentName": name, **values}


def centre(urn, name, status="Open", **values):
    return place(urn, name, status, **{**CENTRE, **values})


def gias_bytes(*places, header=HEADER, encoding="cp1252"):
    """As the service writes them: quoted, CRLF."""
    lines = [header, *([one.get(head, "") for head in header] for one in places)]
    return csv_bytes(lines, encoding)


def links_bytes(*links, encoding="cp1252"):
    heads = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]
    return csv_bytes([heads, *links], encoding)


def hubs_bytes(*hubs):
    heads = ["Local_Authority", "Family_Hub", "Postcode", "Region"]
    return csv_bytes([heads, *((*hub, "West Midlands") for hub in hubs)], "utf-8-sig")


def csv_bytes(lines, encoding):
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode(encoding)


def many_places(number, first=100_000, **values):
    """Places with names that differ, nine in ten of them open."""
    for count in range(number):
        tens, ones = divmod(count, 10)
        name = f"{WORDS[ones]} {ENDS[tens % 10]} {tens // 10 or ''} Primary School"
        status = "Closed" if count % 10 == 9 else "Open"
        yield place(first + count, " ".join(name.split()), status, **values)


def zip_bytes(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name.replace("__", "."), held)
    return content.getvalue()


def opener(content):
    """A function that answers a file of this content from the beginning."""
    return partial(io.BytesIO, content)


def page_of_services(*services):
    page = {"total_items": len(services), "page_number": 1, "contents": list(services)}
    return json.dumps(page).encode()


def service(name="Stay and play", *, key="5c1d", schedules=(), venues=(), **values):
    return {
        "id": key,
        "name": name,
        "status": "active",
        "organization": {"id": "d9d5", "name": "Brindley Council"},
        "contacts": [{"id": "1e7e", "name": "Quillemma Zabriskie"}],
        "schedules": list(schedules),
        "service_at_locations": list(venues),
        **values,
    }


def venue(name="Elm Green Hall", *, key="3a19", schedules=(), **values):
    address = {"attention": "Quillemma Zabriskie", "address_1": "1 Elm Green"}
    location = {
        "id": key,
        "name": name,
        "location_type": "physical",
        "external_identifier": "10092008082",
        "external_identifier_type": "UPRN",
        "addresses": [{**address, "postal_code": "ZZ1 2BB"}],
        **values,
    }
    return {"id": f"at-{key}", "location": location, "schedules": list(schedules)}
