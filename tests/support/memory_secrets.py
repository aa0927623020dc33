"""Secrets in memory, for tests that need a store of them but not a keyring."""


class MemorySecrets:
    """Implements `core.ports.SecretStore`; raises `broken` from every call while it is set."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.broken: Exception | None = None

    def get(self, name: str) -> str | None:
        self._check()
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._check()
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self._check()
        self.kept.pop(name, None)

    def _check(self) -> None:
        if self.broken is not None:
            raise self.broken
