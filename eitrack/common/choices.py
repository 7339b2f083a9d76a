from django.db import models


class NeedLevel(models.IntegerChoices):
    """Levels of need and intervention (Hardiker, Exton and Barker 1991)."""

    UNIVERSAL = 1, "1 Universal"
    TARGETED = 2, "2 Targeted"
    STATUTORY = 3, "3 Statutory"
    STATUTORY_HIGH = 4, "4 Statutory, high"


class Purpose(models.TextChoices):
    PARENTING = "parenting", "Parenting"
    BEHAVIOUR = "behaviour", "Behaviour"
    ATTENDANCE = "attendance", "Attendance"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    SUBSTANCE_USE = "substance_use", "Substance use"
    MENTAL_HEALTH = "mental_health", "Mental health"
    EMOTIONAL_SUPPORT = "emotional_support", "Emotional support"
    HOUSING = "housing", "Housing"
    MONEY = "money", "Money"
    SEND = "send", "SEND"
    HEALTH = "health", "Health"
    OTHER = "other", "Other"
