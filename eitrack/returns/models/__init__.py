from eitrack.returns.models.figure_query import FigureQuery, FigureQueryText
from eitrack.returns.models.release_settings import ReleaseSettings
from eitrack.returns.models.return_file import ReturnFile
from eitrack.returns.models.returns import Return

__all__ = ["FigureQuery", "FigureQueryText", "ReleaseSettings", "Return", "ReturnFile"]
