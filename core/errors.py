"""Every error a user may meet, split by what they can do next.

Errors carry a stable `code` and parameters, never prose: `ui/messages.py` holds the words. Adapters
convert foreign exceptions at their own edge and chain the cause.
"""

from typing import ClassVar


class AppError(Exception):
    """Something the user can do something about."""

    code: ClassVar[str] = "app"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code)
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in sorted(self.params.items()))
        return f"{self.code}({shown})"


class SignInNeeded(AppError):
    """The platform no longer accepts the stored sign-in. Params: platform, handle."""

    code = "sign-in-needed"


class SignInRefused(AppError):
    """Handle or password were not accepted. Params: platform, handle."""

    code = "sign-in-refused"


class WaitNeeded(AppError):
    """The platform asks to slow down. Params: platform, seconds."""

    code = "wait-needed"


class Offline(AppError):
    """The platform could not be reached. Params: host."""

    code = "offline"


class PlatformRefused(AppError):
    """The platform understood and said no. Params: platform, status, reason."""

    code = "platform-refused"


class PlatformGarbled(AppError):
    """The platform answered something we cannot read. Params: platform, what."""

    code = "platform-garbled"


class OutcomeUnknown(AppError):
    """A request was sent and no answer came: it may or may not have happened. Params: platform."""

    code = "outcome-unknown"


class UnsupportedHere(AppError):
    """This platform, or this installation, cannot do it. Params: what, where."""

    code = "unsupported-here"


class NotFound(AppError):
    """What was asked for does not exist. Params: what, name."""

    code = "not-found"


class DiskFull(AppError):
    """No space left. Params: path."""

    code = "disk-full"


class UnusableFolder(AppError):
    """A folder or file cannot be read or written. Params: path, why."""

    code = "unusable-folder"


class BadInput(AppError):
    """A file or value the user gave cannot be used. Params: what, why, and line when known."""

    code = "bad-input"


class DataDamaged(AppError):
    """Stored data failed a check. Params: what."""

    code = "data-damaged"


class NewerData(AppError):
    """The data folder was written by a newer version. Params: found, known."""

    code = "newer-data"


class AlreadyRunning(AppError):
    """Another Breakwater uses this data folder. Params: path."""

    code = "already-running"


class KeyringLocked(AppError):
    """The system keyring is there but locked."""

    code = "keyring-locked"


class KeyringMissing(AppError):
    """This system has no keyring we can use."""

    code = "keyring-missing"


class PassphraseNeeded(AppError):
    """The data are protected by a passphrase that was not given."""

    code = "passphrase-needed"


class PassphraseWrong(AppError):
    """The passphrase does not open the data."""

    code = "passphrase-wrong"


class ModelUnusable(AppError):
    """A classifier's files are missing or fail their check. Params: name, why."""

    code = "model-unusable"


class Cancelled(Exception):
    """The user stopped a job. Not an error: nothing is shown."""
