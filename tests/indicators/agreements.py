"""Agreements as their tests write them down."""

from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory


def agreed_on(day, agency, topic, drafted_on=None, **fields):
    """A version that both sides agreed on this day; its review is due on 1 May 2027."""
    return ProtocolVersionFactory(
        protocol=ProtocolFactory(agency=agency, topic=topic),
        agreed=True,
        drafted_on=drafted_on,
        our_agreed_on=day,
        their_agreed_on=day,
        **fields,
    )
