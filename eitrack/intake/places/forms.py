"""Choosing the lists, and the authority in them."""

import io
from functools import partial

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from eitrack.common.layout import Layout, helper_with
from eitrack.common.words import plural
from eitrack.intake.places.choices import FileKind
from eitrack.intake.places.listed import PlacesFileError
from eitrack.intake.places.outgoing import OutgoingError, fetch
from eitrack.intake.places.recognise import list_files
from eitrack.intake.places.sources import authorities_of, source_of

MOST_FILES = 4
ANY_LIST = ".csv,.zip,.json,.txt"


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or several, each checked as one."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        uploads = data if isinstance(data, (list, tuple)) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in uploads or [None]]


class ListsForm(forms.Form):
    """The files as they were downloaded; `lists` is what they are, once they are valid."""

    lists = ()
    files = SeveralFilesField(
        label="The list",
        help_text="As it was downloaded, with the list of what succeeded what if you have it; "
        "also the zip file they came in.",
        widget=SeveralFiles(attrs={"accept": ANY_LIST}),
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper_with(Layout("files"))

    def clean_files(self):
        uploads = self.cleaned_data["files"]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(f"Choose at most {MOST_FILES} files at once.")
        try:
            lists = [one for upload in uploads for one in list_files(upload.name, opener(upload))]
            source_of(lists)
            if not authorities_of(lists):
                raise PlacesFileError("There is no place in the list.")
        except PlacesFileError as refusal:
            raise forms.ValidationError(str(refusal)) from None
        self.lists = lists
        return uploads


def opener(upload):
    """A function that opens what was uploaded from its beginning."""
    if isinstance(upload, TemporaryUploadedFile):
        return partial(open, upload.temporary_file_path(), "rb")
    upload.seek(0)
    return partial(io.BytesIO, upload.read())


class FetchForm(forms.Form):
    """An address to fetch a directory from; `lists` is what came, once it is valid."""

    lists, upload = (), None
    address = forms.URLField(
        label="Its address",
        assume_scheme="https",
        max_length=500,
        help_text="It ends in /services. One page of it is fetched, once.",
        error_messages={"required": "Type the address.", "invalid": "This is no web address."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper_with(Layout("address"))

    def clean_address(self):
        address = self.cleaned_data["address"]
        try:
            content = fetch(address, settings.OUTGOING)
            self.upload = SimpleUploadedFile("directory.json", content)
            self.lists = list_files(self.upload.name, opener(self.upload))
            if source_of(self.lists) != FileKind.DIRECTORY:
                raise PlacesFileError("What came is no directory of services.")
            if not authorities_of(self.lists):
                raise PlacesFileError("There is no place in the directory.")
        except (OutgoingError, PlacesFileError) as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return address


class AuthorityForm(forms.Form):
    authority = forms.ChoiceField(
        label="Authority",
        error_messages={
            "required": "Choose your authority.",
            "invalid_choice": "Choose an authority of the list.",
        },
    )

    def __init__(self, *args, named, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [
            (code, f"{name}: {plural(places, 'place', 'places')} in use")
            for code, name, places in named
        ]
        self.fields["authority"].choices = [("", "Choose"), *choices]
        self.helper = helper_with(Layout("authority"))
