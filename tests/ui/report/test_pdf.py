"""The report: readable, without anything active, with strangers' tricks made visible."""

import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from made_packet import SEED, made_contents
from PySide6.QtCore import QCoreApplication

from core.errors import UnusableFolder
from core.export.contents import PacketContents
from core.export.packet import write_packet
from core.export.verify import verify_packet
from ui.report.chart import bars
from ui.report.pdf import ensure_gui, render_pdf
from ui.report.sections import MOST_ITEMS

_ROOT = Path(__file__).resolve().parents[3]
# Salts are random; here they count, so that two processes have the same log.
_RENDER = """
import itertools, secrets, sys
from pathlib import Path
number = itertools.count(1)
secrets.token_bytes = lambda size: next(number).to_bytes(size, "big")
from made_packet import made_full_contents
from ui.report.pdf import ensure_gui, render_pdf
ensure_gui()
render_pdf(made_full_contents(), Path(sys.argv[1]))
"""


@pytest.fixture(autouse=True)
def _gui(qapp: QCoreApplication) -> None:
    """A Qt application for every test here."""


def text_of(path: Path, *options: str) -> str:
    command = ["pdftotext", "-layout", *options, str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def rendered(contents: PacketContents, folder: Path) -> Path:
    path = folder / "report.pdf"
    render_pdf(contents, path)
    return path


def test_the_first_page_says_what_matters(tmp_path: Path) -> None:
    page = text_of(rendered(made_contents(30), tmp_path), "-l", "1")
    for words in ("Prepared for: Local police", "30", "Read these first", "It began after my article"):
        assert words in page
    assert "most serious" in page
    assert "did:plc:target" in page
    assert "Items" not in page.split()


def test_parts_come_in_order_and_analysis_is_apart(tmp_path: Path) -> None:
    text = text_of(rendered(made_contents(12), tmp_path))
    parts = ["Timeline and counts", "Items", "Analysis: senders acting in step", "What this cannot prove"]
    places = [text.index("\f" + part) for part in parts]
    assert places == sorted(places)
    assert "chance" in text[places[2] : places[3]]
    assert "A slogan that many people repeat looks the same." in text
    without = text_of(rendered(replace(made_contents(12), coordination=()), tmp_path))
    assert "Analysis" not in without


def test_nothing_active(tmp_path: Path) -> None:
    data = rendered(made_contents(20), tmp_path).read_bytes()
    for word in (
        b"/URI",
        b"/JS",
        b"/JavaScript",
        b"/Launch",
        b"/OpenAction",
        b"/EmbeddedFile",
        b"/Subtype /Link",
        b"/A <<",
    ):
        assert word not in data
    assert re.findall(rb"/Subtype */(Widget|Link|FileAttachment|Screen|RichMedia|Popup)", data) == []


def test_tricks_are_shown_and_markup_is_text(tmp_path: Path) -> None:
    contents = made_contents(1)
    (item,) = contents.items
    text = "user\u202egnp.exe a\u200bb <b>bold</b> <img src='file:///etc/passwd'>"
    author = replace(item.mention.author, handle="ev\u2066il", display_name="<h1>Big\u202e</h1>")
    mention = replace(item.mention, text=text, author=author, url="javascript:alert(1)\u202e")
    shown = text_of(rendered(replace(contents, items=(replace(item, mention=mention),)), tmp_path))
    for words in ("user⟨U+202E⟩gnp.exe", "a⟨U+200B⟩b", "<b>bold</b>", "<h1>Big⟨U+202E⟩</h1>", "ev⟨U+2066⟩il"):
        assert words in shown
    assert "\u202e" not in shown


def test_scripts_are_shaped_with_real_glyphs(tmp_path: Path) -> None:
    path = rendered(made_contents(10), tmp_path)
    text = text_of(path)
    for words in ("滚出去", "你這個叛徒", "vergüenza"):
        assert words in text
    fonts = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    assert "CJK" in fonts
    assert "Arabic" in fonts
    assert "Hebrew" in fonts
    assert "\ufffd" not in text


def test_same_contents_same_bytes(tmp_path: Path) -> None:
    contents = made_contents(15)
    assert rendered(contents, tmp_path).read_bytes() == rendered(contents, tmp_path).read_bytes()


def test_the_same_bytes_in_another_process_on_a_computer_without_fonts(tmp_path: Path) -> None:
    """Fonts come with the program; nothing of the computer, and no chance, is in the file."""
    bare = tmp_path / "fonts.conf"
    bare.write_text(
        f"<fontconfig><dir>{tmp_path}/none</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    made = []
    for number, more in enumerate(({}, {"FONTCONFIG_FILE": str(bare)})):
        path = tmp_path / f"{number}.pdf"
        command = [sys.executable, "-c", _RENDER, str(path)]
        where = os.pathsep.join(str(one) for one in (_ROOT, _ROOT / "tests" / "support"))
        env = {**os.environ, "PYTHONPATH": where, "QT_QPA_PLATFORM": "offscreen", **more}
        subprocess.run(command, check=True, env=env, capture_output=True, timeout=180)
        made.append(path.read_bytes())
    assert made[0] == made[1]
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    assert all("Breakwater" in line for line in listed.splitlines()[2:])


def test_dates_are_the_packet_s_and_the_file_stays_sound(tmp_path: Path) -> None:
    path = rendered(made_contents(3), tmp_path)
    told = subprocess.run(["pdfinfo", "-isodates", str(path)], check=True, capture_output=True, text=True)
    assert told.stderr == ""
    assert "2026-04-02T10:00:00Z" in told.stdout
    assert "JavaScript:      no" in told.stdout


def test_a_long_case_points_to_the_table(tmp_path: Path) -> None:
    text = text_of(rendered(made_contents(MOST_ITEMS + 5), tmp_path))
    assert "The other 5 items are in entries.csv" in text


def test_one_item_and_none(tmp_path: Path) -> None:
    assert "#1" in text_of(rendered(made_contents(1), tmp_path))
    assert "Still missing: items" in text_of(rendered(made_contents(0), tmp_path))


def test_a_very_long_text_is_cut_and_says_so(tmp_path: Path) -> None:
    contents = made_contents(1)
    (item,) = contents.items
    mention = replace(item.mention, text="word " * 5_000)
    text = text_of(rendered(replace(contents, items=(replace(item, mention=mention),)), tmp_path))
    assert "Cut here; complete in entries.jsonl." in text


def test_in_a_worker_thread(tmp_path: Path) -> None:
    done: list[Path] = []
    worker = threading.Thread(target=lambda: done.append(rendered(made_contents(10), tmp_path)))
    worker.start()
    worker.join(60)
    assert "Sender 3" in text_of(done[0])


def test_inside_a_packet(tmp_path: Path) -> None:
    ensure_gui()
    packet = write_packet(
        made_contents(), tmp_path, as_zip=False, seed=SEED, render_pdf=render_pdf, progress=lambda a, b: None
    )
    assert (packet / "data/report.pdf").stat().st_mode & 0o077 == 0
    assert verify_packet(packet).ok


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnusableFolder):
        render_pdf(made_contents(1), tmp_path / "nowhere" / "report.pdf")


@pytest.mark.parametrize(
    ("days", "word"), [(1, "day"), (62, "day"), (63, "week"), (500, "month"), (9_000, "year")]
)
def test_bars_stay_readable(days: int, word: str) -> None:
    from datetime import date, timedelta

    first = date(2020, 2, 29)
    by_day = [(first, 2), (first + timedelta(days=days - 1), 3)] if days > 1 else [(first, 5)]
    unit, made = bars(by_day)
    assert unit == word
    assert len(made) <= 62
    assert sum(number for _, number in made) == 5
