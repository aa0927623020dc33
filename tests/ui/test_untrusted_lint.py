"""No stranger's text reaches a place that shows text except through `ui.widgets.untrusted_text`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# Fields of domain objects that strangers choose.
_UNTRUSTED = {
    "text", "handle", "display_name", "remote_id", "sample_texts", "url", "urls", "hashtags", "sentence",
    "caveats", "reason", "problem", "what", "why", "language", "model_label", "service_url",
}  # fmt: skip
_SINKS = {
    "setText", "setToolTip", "setWhatsThis", "setStatusTip", "setWindowTitle", "setPlainText", "setHtml",
    "setTitle", "setPlaceholderText", "addItem", "addItems", "setAccessibleName", "setAccessibleDescription",
    "drawText", "appendPlainText", "insertPlainText", "setItemText", "PlainLabel", "QLabel",
    "QListWidgetItem", "QMessageBox", "say", "Words",
}  # fmt: skip
_CLEANERS = {
    "plain", "one_line", "flat", "rich", "neutralise", "show_untrusted", "masked", "initials", "snippet",
    "skipped_because", "reason_sentence", "words_for", "state_name", "family_name",
}  # fmt: skip
# Ways to show markup or fetch something, for which this product has no use at all.
_BANNED = {
    "setHtml",
    "QTextBrowser",
    "RichText",
    "MarkdownText",
    "AutoText",
    "setMarkdown",
    "setOpenExternalLinks",
    "openUrl",
    "QDesktopServices",
    "QWebEngineView",
    "loadFromData",
    "QNetworkAccessManager",
    "processEvents",
    "QThread",
}


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _raw_fields(node: ast.AST) -> Iterator[str]:
    """Untrusted fields in an expression, not looking inside a cleaner's call."""
    if isinstance(node, ast.Call):
        if _name(node.func) in _CLEANERS:
            return
        children: list[ast.AST] = [*node.args, *(keyword.value for keyword in node.keywords)]
        if isinstance(node.func, ast.Attribute):
            children.append(node.func.value)
    else:
        # `Shown.text` is the cleaned form.
        if isinstance(node, ast.Attribute) and node.attr in _UNTRUSTED and _name(node.value) != "_shown":
            yield node.attr
        children = list(ast.iter_child_nodes(node))
    for child in children:
        yield from _raw_fields(child)


def faults(source: str) -> list[tuple[int, str]]:
    """(line, what) for each place where a raw field reaches a sink."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in _SINKS:
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                found += [(node.lineno, field) for field in _raw_fields(argument)]
    return found


_FILES = [path for path in sorted(Path("ui").rglob("*.py")) if "report" not in path.parts]


@pytest.mark.parametrize("path", _FILES, ids=str)
def test_untrusted_text_is_cleaned_first(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", _FILES, ids=str)
def test_nothing_shows_markup_or_fetches(path: Path) -> None:
    names = {
        _name(node)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert not names & _BANNED


def test_the_lint_has_teeth() -> None:
    assert faults("label.setText(row.text)") == [(1, "text")]
    assert faults("label.setText(f'@{row.handle}')") == [(1, "handle")]
    assert faults("PlainLabel(' '.join(x.display_name for x in rows))") == [(1, "display_name")]
    assert faults("label.setText(one_line(row.handle))") == []
    assert faults("label.setText(field.text())") == []
