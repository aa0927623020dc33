"""Suites of our own sentences, to try a classifier on what it must tell apart. Nobody trains on them.

`suites/first` is by the author of the training sentences, and was looked at while rules were corrected.
`suites/independent` is by an author who had seen neither those sentences nor a published suite; look at
its table, not at its sentences, while you correct anything, or it stops being independent.

A suite is a folder with one file per language, named by its tag (`zh-Hant.txt`). A line
`[functionality | abusive]` or `[functionality | harmless]` opens a section, every other line is one
sentence that must, or must not, be flagged. `#` starts a comment; `\\u200b` stands for the character
with that number, for those that cannot be seen.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "suites"
SUITES: Final = ("first", "independent")
_SECTION: Final = re.compile(r"\[([^|\]]+) \| (abusive|harmless)\]")
_ESCAPE: Final = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what must become of it."""

    tag: str
    functionality: str
    text: str
    abusive: bool

    @property
    def language(self) -> str:
        """The language without its script."""
        return self.tag.split("-")[0]


def read_suite(name: str, folder: Path = FOLDER) -> list[Sentence]:
    """All sentences, by language tag, in the order of the files. Raises `ValueError` at a bad line."""
    files = sorted((folder / name).glob("*.txt"))
    if not files:
        raise ValueError(f"no suite in {folder / name}")
    return [sentence for file in files for sentence in _read(file)]


def _read(file: Path) -> list[Sentence]:
    found: list[Sentence] = []
    section: re.Match[str] | None = None
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = _SECTION.fullmatch(line)
        elif section:
            text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), line)
            found.append(Sentence(file.stem, section[1], text, section[2] == "abusive"))
        if not section:
            raise ValueError(
                f"{file.name}:{number}: not in a section `[functionality | abusive or harmless]`"
            )
    return found
