"""Sorting the certificates of an answer."""

import os

from hypothesis import given
from hypothesis import strategies as st
from timestamp_testbed import LocalAuthority

from core.anchoring.der import sorted_certificates
from core.anchoring.rfc3161 import question


def test_the_same_bytes_in_another_order(authority: LocalAuthority) -> None:
    token = authority.reply("chain", question(os.urandom(32), 1))
    again = sorted_certificates(token)
    assert len(again) == len(token)
    assert sorted(again) == sorted(token)
    assert sorted_certificates(again) == again


def test_every_cut_is_left_alone(authority: LocalAuthority) -> None:
    token = authority.reply("chain", question(os.urandom(32), 1))
    for length in range(0, len(token), 7):
        assert sorted_certificates(token[:length]) == token[:length]


@given(st.binary(max_size=200))
def test_anything_else_is_left_alone(data: bytes) -> None:
    assert sorted_certificates(data) == data
