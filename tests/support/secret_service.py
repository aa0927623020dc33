"""Runs Python in a D-Bus session with a real Secret Service: unlocked, locked or absent.

The keyring of the test process itself stays untouched: what needs a Secret Service runs as a
separate program, which is also how the product meets it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import pytest
from bluesky_testbed import absent

SCRIPT: Final = Path(__file__).resolve().parents[1] / "testbeds" / "secret-service" / "with-secret-service.sh"
ROOT: Final = SCRIPT.parents[3]
Mode = Literal["unlocked", "locked", "absent"]


def why_absent() -> str | None:
    """Why a Secret Service cannot run here, or None when it can."""
    for program in ("dbus-run-session", "dbus-send", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian packages: dbus, gnome-keyring)"
    return None


class SecretServiceTestbed:
    """Starts programs next to a Secret Service of their own; nothing of it outlives the program."""

    def run(
        self,
        command: Sequence[str],
        mode: Mode = "unlocked",
        timeout: float = 60,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command; output captured as text. `env` is added to the environment."""
        flags = [] if mode == "unlocked" else [f"--{mode}"]
        return subprocess.run(
            [str(SCRIPT), *flags, *command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def python(self, code: str, mode: Mode = "unlocked", **env: str) -> subprocess.CompletedProcess[str]:
        """Run Python code with this interpreter and the repository importable."""
        return self.run([sys.executable, "-c", code], mode, env=env)


@pytest.fixture(scope="session")
def secret_service() -> SecretServiceTestbed:
    """The Secret Service testbed, or a visible skip (a failure under BREAKWATER_CI=1)."""
    why = why_absent()
    if why is not None:
        absent("Secret Service testbed", why)
    return SecretServiceTestbed()
