"""Names of languages in the person's own."""

from PySide6.QtCore import QLocale


def language_name(code: str) -> str:
    """A language by its code; the code itself where Qt knows no name."""
    language = QLocale(code).language()
    return code if language is QLocale.Language.C else QLocale.languageToString(language)
