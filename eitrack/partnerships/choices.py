from django.db import models


class Topic(models.TextChoices):
    """What a protocol with a partner agency is about."""

    CONSENT = "consent", "Client consent"
    CRITERIA = "criteria", "Referral criteria and information"
    ASSESSMENT = "assessment", "Assessment methods"
    RECORDS = "records", "Record keeping"
    SHARING = "sharing", "Information sharing"
    CONFIDENTIALITY = "confidentiality", "Limits of confidentiality"
    ROLES = "roles", "Roles, supervision and lines of accountability"


class Status(models.TextChoices):
    """The status of a protocol on a day, from the dates of its versions."""

    NOT_NEEDED = "not_needed", "Not needed"
    NONE = "none", "None"
    DRAFT = "draft", "Draft"
    NEGOTIATING = "negotiating", "Negotiating"
    AGREED = "agreed", "Agreed"
    UNDER_REVIEW = "under_review", "Under review"
    RETIRED = "retired", "Retired"


class Step(models.TextChoices):
    """What a manager can do with a protocol; labels are those of buttons."""

    DRAFT = "draft", "Start a draft"
    NEGOTIATE = "negotiate", "Begin negotiating"
    AGREE = "agree", "Record the agreement"
    REVIEW = "review", "Start a review"
    RENEW = "renew", "Renew"
    LEARN = "learn", "Note what was learned"
    RETIRE = "retire", "Retire"
    WITHDRAW = "withdraw", "Withdraw the draft"
    NOT_NEEDED = "not-needed", "Say it is not needed"
    NEEDED = "needed", "Say it is needed again"


IN_FORCE = (Status.AGREED, Status.UNDER_REVIEW)


class ConsentRule(models.TextChoices):
    """How a family consents at an agency's site."""

    WRITTEN = "written", "Written consent before we work with a family"
    SPOKEN = "spoken", "We ask the family; nothing is signed"
    INFORMAL = "informal", "No consent is asked for informal contact without names"
    PARTNER_HOLDS = "partner_holds", "The agency asks and holds the consent"


class RecordableField(models.TextChoices):
    """What a log form at the agency's sites may ask beside place, time and headcount."""

    CHILDREN = "children", "How many were children"
    NEW_AND_RETURNING = "first_time", "How many were new or returning"
    BEGUN_BY = "begun_by", "Who began it"
    PURPOSE = "purpose", "What it was about"
    OUTCOME = "outcome", "What came of it"
    NEED_LEVEL = "need_level", "Level of need"
    PROFESSION = "profession", "The professional's job"
    NOTE = "note", "A note"
