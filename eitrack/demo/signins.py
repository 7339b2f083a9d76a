"""The sample sign-ins: what `load_demo` prints, and browser tests quote."""

from dataclasses import dataclass

from eitrack.accounts.roles import Role

PASSWORD = "sample world 2026"


@dataclass(frozen=True)
class SignIn:
    role: Role
    email: str
    name: str


WORKER = SignIn(Role.WORKER, "worker@sample.example", "Wilma Willow")
MANAGER = SignIn(Role.MANAGER, "manager@sample.example", "Maud Maple")
DISTRICT = SignIn(Role.DISTRICT, "district@sample.example", "Dora Dogwood")
ADMINISTRATOR = SignIn(Role.ADMINISTRATOR, "administrator@sample.example", "Alan Aspen")

# One of each role.
SIGN_INS = (WORKER, MANAGER, DISTRICT, ADMINISTRATOR)
# Returns are approved by somebody who did not prepare them.
SECOND_OFFICER = SignIn(Role.DISTRICT, "officer@sample.example", "Dina Damson")
EVERYBODY = (*SIGN_INS, SECOND_OFFICER)
