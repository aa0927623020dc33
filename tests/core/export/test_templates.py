"""A packet is not called complete while something its receiver requires is empty."""

from dataclasses import replace

import pytest
from made_packet import made_contents

from core.export.case import bag_info
from core.export.contents import PacketContents
from core.export.templates import TEMPLATES, CaseField, ItemField, MissingField, lint

EVERY_ANSWER = {field.value: "something" for field in CaseField}


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
