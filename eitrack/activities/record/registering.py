"""The default reason why a contact with a family is not registered."""

from eitrack.activities.choices import WhyNotRegistered
from eitrack.activities.kinds import CONSULTATIONS, WITH_THREAD
from eitrack.directory.choices import SiteKind
from eitrack.partnerships.choices import ConsentRule

ANY = None
# Kinds, kinds of site, rule of consent: the first line that matches. That a family prefers not to
# be registered is never a default.
DEFAULTS = (
    (ANY, ANY, ConsentRule.PARTNER_HOLDS, WhyNotRegistered.PARTNER_HOLDS_CONSENT),
    (ANY, ANY, ConsentRule.INFORMAL, WhyNotRegistered.INFORMAL_SETTING),
    # A word at the gate or on the phone.
    (CONSULTATIONS, (SiteKind.PLAYGROUND, SiteKind.REMOTE), ANY, WhyNotRegistered.BRIEF_CONTACT),
    (ANY, (SiteKind.PLAYGROUND, SiteKind.COMMUNITY), ANY, WhyNotRegistered.INFORMAL_SETTING),
    (ANY, ANY, ANY, WhyNotRegistered.TOO_EARLY),
)


def why_not_registered_default(kind, site_kind, consent_rule):
    """The reason for this kind, kind of site and rule of consent; "" if none is needed."""
    if kind not in WITH_THREAD:
        return ""
    return next(
        reason
        for kinds, sites, rule, reason in DEFAULTS
        if (kinds is ANY or kind in kinds)
        and (sites is ANY or site_kind in sites)
        and rule in (ANY, consent_rule)
    )
