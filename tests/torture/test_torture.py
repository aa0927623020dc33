"""The short form of `make torture`: every campaign, with counts that fit the suite."""

import os
import shutil
import sys
from pathlib import Path

import pytest
import torture_disk
import torture_hostile
import torture_kills
import torture_leaks
import torture_power
import torture_tamper
from torture_figures import Figures

pytestmark = pytest.mark.slow


def held(figures: Figures) -> None:
    print(figures.line())
    assert figures.tried > 0
    assert not figures.breaches, figures.first


@pytest.fixture
def compiler() -> None:
    """The recorder of writes is compiled here. Without a compiler nothing is proven: under CI, a failure."""
    if shutil.which("cc") or shutil.which("gcc"):
        return
    if os.environ.get("BREAKWATER_CI") == "1":
        pytest.fail("no C compiler under CI")
    pytest.skip("no C compiler: power loss and full disks cannot be played")


needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="plays with Linux's file calls")


@needs_linux
def test_killed_at_any_moment(tmp_path: Path) -> None:
    figures = torture_kills.campaign(12, 4, tmp_path)
    held(figures)
    assert figures.counts["acknowledgements"] > 12


@needs_linux
@pytest.mark.usefixtures("compiler")
def test_power_lost_at_any_moment(tmp_path: Path) -> None:
    figures = torture_power.campaign(60, 1, tmp_path)
    held(figures)
    assert figures.counts["syncs"] > 20


@needs_linux
@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_power_loss_has_teeth(tmp_path: Path, synchronous: str) -> None:
    """The same with less syncing than we promise must lose what was acknowledged."""
    figures = torture_power.campaign(25, 1, tmp_path, synchronous)
    assert figures.counts["lost acknowledged"] + figures.counts.get("would not open", 0) > 0
    assert not figures.ok


@needs_linux
@pytest.mark.usefixtures("compiler")
def test_a_disk_that_fills_up(tmp_path: Path) -> None:
    held(torture_disk.full_disk(2, 2, tmp_path))


def test_bits_that_flip(tmp_path: Path) -> None:
    figures = torture_disk.bit_flips(60, 1, tmp_path)
    held(figures)
    assert figures.counts["detected"] > 20


def test_edits_of_the_log(tmp_path: Path) -> None:
    held(torture_tamper.log_edits(12, 1, tmp_path))


def test_edits_of_a_packet(tmp_path: Path) -> None:
    held(torture_tamper.packet_edits(4, 1, tmp_path))


def test_any_byte_of_a_packet(tmp_path: Path) -> None:
    held(torture_tamper.byte_changes(160, 1, tmp_path, sample=20))


def test_the_fixed_hostile_corpus(tmp_path: Path) -> None:
    figures = torture_hostile.run(32, 1, tmp_path)
    held(figures)
    assert figures.counts["fixed cases"] >= 200


def test_made_hostile_inputs(tmp_path: Path) -> None:
    held(torture_hostile.run(300, 2, tmp_path))


@needs_linux
def test_canaries(tmp_path: Path) -> None:
    held(
        torture_leaks.campaign(tmp_path, ("sign-in refused", "files that cannot be read", "crash", "aborted"))
    )


def test_canaries_would_be_found(tmp_path: Path) -> None:
    figures = Figures("control")
    for secret in (torture_leaks.TEXT, torture_leaks.TOKEN, torture_leaks.PASSPHRASE):
        for form in torture_leaks.forms(secret):
            torture_leaks._search("here", b"x" + form + b"y", None, figures=figures)
    torture_leaks._search("here", b"\x00\x01key-bytes", b"key-bytes", figures=figures)
    assert figures.breaches == 3 * 8 + 1
