"""Rules of the tree that the linters do not cover."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Opening the window or running a command must not pay for these.
MODELS = ("torch", "detoxify", "transformers")
TABLES = ("numpy", "polars", "scipy")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("app.bootstrap", MODELS + TABLES),
        ("app.cli.main", MODELS + TABLES),
        ("ui.shell.start", MODELS),
    ],
)
def test_opening_imports_nothing_heavy(module: str, heavy: tuple[str, ...]) -> None:
    code = (
        f"import {module}, sys; "
        f"found = [name for name in {heavy!r} if name in sys.modules]; "
        "print(found); sys.exit(bool(found))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("folder", ["packaging", "tests"])
def test_folders_that_must_not_be_packages(folder: str) -> None:
    """An __init__.py there hides the installed `packaging` or the real `core`."""
    found = [path for path in (ROOT / folder).rglob("__init__.py") if "node_modules" not in path.parts]
    assert found == []


@pytest.mark.parametrize("package", ["app", "core", "ui"])
def test_no_module_outgrows_its_room(package: str) -> None:
    """Past 400 lines a module has more than one reason to change."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / package).rglob("*.py")
        if (lines := path.read_text().count("\n")) > 400
    }
    assert long == {}


def test_ui_starts_background_work_in_one_way_only() -> None:
    """No thread of its own, no nested event loop: the runner is the one way."""
    banned = {"QThread", "QThreadPool", "QRunnable", "processEvents", "threading"}
    found = []
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
            if isinstance(node, ast.Name | ast.Attribute | ast.alias) and name in banned:
                found.append(f"{path.relative_to(ROOT)}: {name}")
    assert found == []


def test_no_registry_host_is_named() -> None:
    """The project installs by package name with the ordinary clients."""
    hosts = ("registry." + "npmjs", "pypi" + ".org", "files.python" + "hosted", "deb.deb" + "ian")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in tracked.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".png", ".onnx", ".npz", ".bin", ".parquet"} or not path.is_file():
            continue
        text = path.read_text(errors="ignore")
        found += [f"{name}: {host}" for host in hosts if host in text]
    assert found == []
