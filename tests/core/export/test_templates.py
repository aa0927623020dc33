"""A packet is not called complete while something its receiver requires is empty."""

from dataclasses import replace

import pytest
from made_packet import made_contents

from core.export.case import bag_info
from core.export.contents import PacketContents
from core.export.letter import letter
from core.export.templates import TEMPLATES, CaseField, ItemField, MissingField, lint

EVERY_ANSWER = {field.value: "something, write to me@example.invalid" for field in CaseField}


def bare(template: str) -> PacketContents:
    """Contents in which the person has said nothing and every item lacks what may be lacking."""
    contents = made_contents(3, template=template, erase=(0, 1, 2), narrative="", answers={}, reports_made=())
    items = tuple(
        replace(
            item,
            mention=replace(
                item.mention,
                url=None,
                created_at=None,
                author=replace(item.mention.author, remote_id="", handle=" "),  # type: ignore[arg-type]
            ),
        )
        for item in contents.items
    )
    return replace(contents, items=items)


@pytest.mark.parametrize("name", TEMPLATES)
def test_everything_required_is_missed_when_empty(name: str) -> None:
    template = TEMPLATES[name]
    missing = lint(bare(name), template)
    wanted = [MissingField(field.value) for field in template.case]
    assert list(missing) == wanted + [MissingField(field.value, 3) for field in template.item]


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_missing_when_all_is_said(name: str) -> None:
    contents = made_contents(3, template=name, answers=EVERY_ANSWER)
    assert lint(contents, TEMPLATES[name]) == ()


def test_blanks_are_no_answer() -> None:
    contents = made_contents(1, template="dsa", answers=EVERY_ANSWER | {"good-faith": " \n"})
    assert lint(contents, TEMPLATES["dsa"]) == (MissingField("good-faith"),)


def test_a_rule_for_the_case_or_for_each_item() -> None:
    answers = {name: text for name, text in EVERY_ANSWER.items() if name != CaseField.RULE_BROKEN.value}
    contents = made_contents(2, template="dsa", answers=answers)
    assert lint(contents, TEMPLATES["dsa"]) == (MissingField(ItemField.RULE_BROKEN.value, 2),)
    first, second = contents.items
    noted = replace(contents, items=(replace(first, note="Penal Code 241"), second))
    assert lint(noted, TEMPLATES["dsa"]) == (MissingField(ItemField.RULE_BROKEN.value, 1),)


def test_a_packet_without_items_is_not_complete() -> None:
    contents = made_contents(0, template="lawyer")
    assert lint(contents, TEMPLATES["lawyer"]) == (MissingField("items"),)


def test_the_packet_says_so_itself() -> None:
    lines = bag_info(made_contents(1), "1.1", ("narrative", "url (2 items)")).decode().splitlines()
    assert "Breakwater-Complete: no" in lines
    assert "Breakwater-Missing: narrative" in lines
    assert "Breakwater-Missing: url (2 items)" in lines
    assert "Breakwater-Complete: yes" in bag_info(made_contents(1), "1.1", ()).decode()


@pytest.mark.parametrize("answer", ["", "by telephone", "me@home", "@"])
def test_a_notice_that_asks_for_an_email_address_is_not_served_otherwise(answer: str) -> None:
    contents = made_contents(1, template="dsa", answers=EVERY_ANSWER | {"notifier-email": answer})
    assert lint(contents, TEMPLATES["dsa"]) == (MissingField("notifier-email"),)


def test_esafety_takes_a_handle_or_an_id() -> None:
    contents = made_contents(1, template="esafety", answers=EVERY_ANSWER)
    item = next(iter(contents.items))
    for handle, name in (("", "did:plc:x"), ("x.example", "")):
        author = replace(item.mention.author, handle=handle, remote_id=name)  # type: ignore[arg-type]
        items = (replace(item, mention=replace(item.mention, author=author)),)
        assert lint(replace(contents, items=items), TEMPLATES["esafety"]) == ()


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_receiver_has_a_letter_with_the_answers_and_the_posts(name: str) -> None:
    contents = made_contents(3, template=name, answers=EVERY_ANSWER)
    text = (letter(contents) or b"").decode()
    assert "$" not in text
    item = next(iter(contents.items))
    assert item.mention.url in text
    assert str(item.mention.author.remote_id) in text
    assert "2026-" in text
    assert "UTC" in text
    for field in (*TEMPLATES[name].case, *TEMPLATES[name].offered):
        if field not in (CaseField.GOOD_FAITH, CaseField.NARRATIVE, CaseField.EARLIER_REPORTS):
            assert EVERY_ANSWER[field.value] in text, field
    if CaseField.NARRATIVE in TEMPLATES[name].case:
        assert contents.narrative in text
    if CaseField.EARLIER_REPORTS in TEMPLATES[name].case:
        assert "R-1001" in text
    languages = text.count("=" * 78) + 1
    assert languages == len(TEMPLATES[name].languages)


def test_the_police_letter_asks_to_preserve_by_id_and_holds_the_incident_log() -> None:
    text = (letter(made_contents(10, template="police")) or b"").decode()
    assert "preserve the data" in text
    assert "证据保全" in text
    assert "bluesky  did:plc:s0  sender0.example  2" in text
    assert "evidence: entry 1" in text
    assert "EVIDENCE STILL NEEDED" in text


def test_a_stranger_s_text_cannot_turn_the_letter_around() -> None:
    text = (letter(made_contents(10, template="lawyer")) or b"").decode()
    assert "\u202e" not in text
    assert "<U+202E>" in text


def test_a_long_list_is_cut_and_says_so() -> None:
    text = (letter(made_contents(120, template="police")) or b"").decode()
    assert "... 20 more in entries.csv" in text
    assert letter(made_contents(1, template="unknown")) is None
