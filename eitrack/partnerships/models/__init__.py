from eitrack.partnerships.models.papers import ProtocolFile
from eitrack.partnerships.models.protocols import Protocol, ProtocolVersion, status_of

__all__ = ["Protocol", "ProtocolFile", "ProtocolVersion", "status_of"]
