"""The three states of a system keyring, for real."""

import pytest
from secret_service import SecretServiceTestbed, secret_service

__all__ = ["secret_service"]

pytestmark = pytest.mark.testbed

ROUND_TRIP = """
import keyring
keyring.set_password("breakwater-test", "casey", "s3cret ünïcode")
print(keyring.get_password("breakwater-test", "casey"))
"""


def test_unlocked_keeps_a_secret(secret_service: SecretServiceTestbed) -> None:
    done = secret_service.python(ROUND_TRIP)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "s3cret ünïcode"


@pytest.mark.parametrize(("mode", "error"), [("locked", "KeyringLocked"), ("absent", "NoKeyringError")])
def test_unusable_keyrings_say_so(secret_service: SecretServiceTestbed, mode: str, error: str) -> None:
    done = secret_service.python(ROUND_TRIP, mode)  # type: ignore[arg-type] # a Literal, from the table above
    assert done.returncode != 0
    assert error in done.stderr
