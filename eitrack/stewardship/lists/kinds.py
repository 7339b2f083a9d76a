"""The lists there are, as the addresses of their pages name them."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from eitrack.activities.models import ActivityType
from eitrack.directory.models import FundingStream, Post
from eitrack.stewardship.lists import tables
from eitrack.stewardship.lists.forms import PostForm, StreamForm, TypeForm


@dataclass(frozen=True)
class ListKind:
    """A list: its records, and how its pages speak of them."""

    code: str
    model: type[Model]
    title: str
    a: str
    words: str
    form: type
    filter: type
    table: type
    rows: object
    can_be_archived: bool = True

    @property
    def list_url(self):
        return reverse("stewardship:item_list", args=[self.code])


LISTS = (
    ListKind(
        "posts",
        Post,
        "Posts",
        "a post",
        "Job titles: what a hat is called, and figures by hat.",
        PostForm,
        tables.PostFilter,
        tables.PostTable,
        tables.post_rows,
    ),
    ListKind(
        "streams",
        FundingStream,
        "Funding streams",
        "a funding stream",
        "Who pays, from when until when. One that no longer pays has ended; it is never taken out.",
        StreamForm,
        tables.StreamFilter,
        tables.StreamTable,
        tables.stream_rows,
        can_be_archived=False,
    ),
    ListKind(
        "types",
        ActivityType,
        "Activity types",
        "an activity type",
        "Local names for the fixed kinds of work. A kind of which all names are archived is not "
        "offered for logging.",
        TypeForm,
        tables.TypeFilter,
        tables.TypeTable,
        tables.type_rows,
    ),
)
BY_CODE = {kind.code: kind for kind in LISTS}


def list_called(code):
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]
