from eitrack.cases.forms.facts import CaseForm, FactsForm
from eitrack.cases.forms.life import CloseForm, HandoverForm, LevelForm, ShareForm, StepForm

__all__ = [
    "CaseForm",
    "CloseForm",
    "FactsForm",
    "HandoverForm",
    "LevelForm",
    "ShareForm",
    "StepForm",
]
