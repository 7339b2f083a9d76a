from django.db import models


class Nation(models.TextChoices):
    """Which bank holidays a district keeps."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class SiteKind(models.TextChoices):
    PRIMARY_SCHOOL = "primary_school", "Primary school"
    SECONDARY_SCHOOL = "secondary_school", "Secondary school"
    CHILDRENS_CENTRE = "childrens_centre", "Children's centre"
    EARLY_YEARS = "early_years", "Early years centre"
    SURE_START = "sure_start", "Sure Start centre"
    COMMUNITY = "community", "Community venue"
    PLAYGROUND = "playground", "Playground"
    HOSPITAL = "hospital", "Hospital"
    DISTRICT_OFFICE = "district_office", "District office"
    HOME = "home", "Home"
    REMOTE = "remote", "Phone or online"
    OTHER = "other", "Other"


class AgencyKind(models.TextChoices):
    SCHOOL = "school", "School"
    CHILDRENS_CENTRE = "childrens_centre", "Children's centre"
    HEALTH = "health", "Health"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    POLICE = "police", "Police"
    EDUCATION = "education", "Education service"
    HOUSING = "housing", "Housing"
    # The district's own, where cases are referred to: no partner to have protocols with.
    SOCIAL_WORK = "social_work", "Statutory social work"
    OTHER = "other", "Other"


class Standing(models.TextChoices):
    """How a place stands in the lists."""

    SETTLED = "settled", "Settled"
    PROVISIONAL = "provisional", "Provisional"
    ARCHIVED = "archived", "Archived"


class IdentifierScheme(models.TextChoices):
    """Who gives a place its number."""

    URN = "urn", "URN"
    UPRN = "uprn", "UPRN"
    ODS = "ods", "ODS code"
    LOCAL = "local", "Local number"


class StreamKind(models.TextChoices):
    MAINSTREAM = "mainstream", "Mainstream"
    INITIATIVE = "initiative", "Initiative"


class ChangeoverKind(models.TextChoices):
    """What made a team or a stream another than before, as its lines of figures say it."""

    RENAMED = "renamed", "renamed"
    PARTED = "parted", "without those who went to"
    SPLIT_OFF = "split_off", "begun with people of"
    TOOK_IN = "took_in", "with the people of"
    MERGED = "merged", "its people went to"
