"""The program's own name and version, as written into evidence."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("breakwater")
except PackageNotFoundError:  # run from a checkout that was never installed
    VERSION = "0+checkout"

TOOL = f"Breakwater {VERSION}"
