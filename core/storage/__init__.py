"""The encrypted store: engine, tables, repositories, units of work, migrations.

`Store` is the only way in. No session, row or lazy attribute leaves this package.
"""

from core.storage.store import ReadUnit, Store, WriteUnit

__all__ = ["ReadUnit", "Store", "WriteUnit"]
