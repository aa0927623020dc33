"""Where words and data go."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from core.errors import AppError
from ui.messages import words_for

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Output:
    """Human text to stderr; JSON to stdout, when asked for."""

    as_json: bool
    out: TextIO
    err: TextIO

    def say(self, text: str) -> None:
        """One line for a person."""
        print(text, file=self.err, flush=True)

    def data(self, value: Json) -> None:
        """The result for a program: with --json only."""
        if self.as_json:
            self.line(value)

    def line(self, value: Json) -> None:
        """One line of JSON on stdout, whatever the options."""
        self.out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
        self.out.flush()


def standard_output(*, as_json: bool) -> Output:
    """stdout and stderr, in UTF-8 wherever the program runs."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    return Output(as_json, sys.stdout, sys.stderr)


def explain(failure: AppError) -> str:
    """One line for a person: what happened and what it means."""
    words = words_for(failure)
    return f"{words.title}. {words.explanation}"
