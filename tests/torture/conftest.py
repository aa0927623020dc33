"""The campaigns are modules beside the tests, so that `make torture` runs the same code for longer."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
