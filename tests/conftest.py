"""Rules for every test: nothing left running, and no silent skip of a testbed under CI."""

import gc
import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["bluesky_testbed", "secret_service", "window_jobs"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test may reach a model hub; every one that loads a model loads it from disk.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# The models built for tests are tiny: on a busy machine threads would wait for each other, not compute.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# How long an example takes says how busy the machine is; tests that are about time measure it themselves.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

UNDER_CI = os.environ.get("BREAKWATER_CI") == "1"


# What needs the Bluesky network goes to one worker, so that it starts once (its fixture refuses a second).
NETWORK = ("tests/e2e/", "tests/testbeds/", "tests/core/connectors/bluesky/test_testbed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object | None:
    """`make test` hands out whole files."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class FilesAndNetwork(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "network" if nodeid.startswith(NETWORK) else super()._split_scope(nodeid)

    return FilesAndNetwork(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With workers the long files come first: one of them at the end would keep a single core busy."""
    if hasattr(config, "workerinput"):
        long = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: (not item.nodeid.startswith(NETWORK), item.path not in long))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under CI a test that needs a server, a browser or a service must run: its skip is a failure."""
    report = yield
    if UNDER_CI and report.skipped and item.get_closest_marker("testbed"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> object:
    """One Qt application for the whole run; the report alone would make a lesser one, without widgets."""
    return qapp


@pytest.fixture(autouse=True)
def no_leftover_threads() -> Iterator[None]:
    """A test that leaves a worker thread alive fails."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    if left:
        gc.collect()  # a library's pool that an exception held on to ends its threads when it is collected
        for thread in left:
            thread.join(2)
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads left running: {[thread.name for thread in left]}"
