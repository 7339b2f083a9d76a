from django.db import models


class NeedLevel(models.IntegerChoices):
    """Levels of need and intervention (Hardiker, Exton and Barker 1991)."""

    UNIVERSAL = 1, "1 Universal"
    TARGETED = 2, "2 Targeted"
    STATUTORY = 3, "3 Statutory"
    STATUTORY_HIGH = 4, "4 Statutory, high"
