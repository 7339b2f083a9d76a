"""Why a contact with a family is not registered, where nobody has said so."""

from eitrack.activities.choices import WhyNotRegistered
from eitrack.activities.kinds import CONSULTATIONS, WITH_THREAD
from eitrack.directory.choices import SiteKind
from eitrack.partnerships.choices import ConsentRule

ANY = None
# Which kinds, which kinds of site, which rule of consent: the first line that fits. That a family
# prefers not is for a person to say, and stands in no line.
DEFAULTS = (
    (ANY, ANY, ConsentRule.PARTNER_HOLDS, WhyNotRegistered.PARTNER_HOLDS_CONSENT),
    (ANY, ANY, ConsentRule.INFORMAL, WhyNotRegistered.INFORMAL_SETTING),
    # A word at the gate, or on the phone.
    (CONSULTATIONS, (SiteKind.PLAYGROUND, SiteKind.REMOTE), ANY, WhyNotRegistered.BRIEF_CONTACT),
    (ANY, (SiteKind.PLAYGROUND, SiteKind.COMMUNITY), ANY, WhyNotRegistered.INFORMAL_SETTING),
    (ANY, ANY, ANY, WhyNotRegistered.TOO_EARLY),
)


def why_not_registered_default(kind, site_kind, consent_rule):
    """The reason for a contact of this kind, at such a site, under this rule; "" if none is due."""
    if kind not in WITH_THREAD:
        return ""
    return next(
        reason
        for kinds, sites, rule, reason in DEFAULTS
        if (kinds is ANY or kind in kinds)
        and (sites is ANY or site_kind in sites)
        and rule in (ANY, consent_rule)
    )
