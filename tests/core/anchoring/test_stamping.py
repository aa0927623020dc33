"""Time stamps by a real authority: what is accepted, and every kind of answer that is not."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from timestamp_testbed import Issued, LocalAuthority, issue

from core.anchoring.authorities import Authority
from core.anchoring.refusal import Refused, Why
from core.anchoring.rfc3161 import check_answer, question
from core.anchoring.stamping import Attempt, ask_for_stamp

pytestmark = pytest.mark.testbed


def _ask(authority: LocalAuthority, path: str, root: bytes, trusted: Issued | None = None) -> Attempt:
    return ask_for_stamp(root, Authority(path, authority.url(path), ((trusted or authority.root).der,)))


@pytest.mark.parametrize("path", ["good", "chain", "certs-out-of-order"])
def test_good_tokens_hold_and_openssl_agrees(authority: LocalAuthority, path: str) -> None:
    root = os.urandom(32)
    made = _ask(authority, path, root)
    assert made.why is None
    assert made.stamp is not None
    assert made.token is not None
    assert made.stamp.digest == root
    assert made.stamp.at.utcoffset() is not None
    assert authority.second_opinion(made.token, root)
    assert not authority.second_opinion(made.token, os.urandom(32))


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("self-signed", Why.UNTRUSTED),
        ("other-root", Why.UNTRUSTED),
        ("expired", Why.UNTRUSTED),
        ("flipped", Why.UNTRUSTED),
        ("garbage", Why.UNREADABLE),
        ("empty", Why.UNREADABLE),
        ("declined", Why.DECLINED),
        ("huge", Why.TOO_LARGE),
        ("redirect", Why.REDIRECTED),
        ("unavailable", Why.STATUS),
        ("gzip", Why.ENCODED),
    ],
)
def test_bad_answers_are_refused_with_the_reason(authority: LocalAuthority, path: str, why: Why) -> None:
    made = _ask(authority, path, os.urandom(32))
    assert made.stamp is None
    assert made.why is why


def test_the_first_answer_again_is_not_the_answer_to_the_next_question(authority: LocalAuthority) -> None:
    root = os.urandom(32)
    _ask(authority, "stale", root)
    made = _ask(authority, "stale", root)
    assert made.why in (Why.OTHER_NONCE, Why.OTHER_DIGEST)
    first = authority._broken("stale", b"")[2]
    with pytest.raises(Refused) as nonce_only:
        check_answer(first, _digest_of(first), (authority.root.der,), nonce=1)
    assert nonce_only.value.why is Why.OTHER_NONCE


def _digest_of(token: bytes) -> bytes:
    from rfc3161_client import decode_timestamp_response

    return decode_timestamp_response(token).tst_info.message_imprint.message


def test_a_token_over_another_digest_is_refused(authority: LocalAuthority) -> None:
    token = authority.reply("good", question(os.urandom(32), 7))
    with pytest.raises(Refused) as refused:
        check_answer(token, os.urandom(32), (authority.root.der,), nonce=7)
    assert refused.value.why is Why.OTHER_DIGEST
    assert refused.value.untrusted_answer == token


def test_a_token_of_another_hash_function_is_refused(authority: LocalAuthority) -> None:
    digest = os.urandom(32)
    # The same 32 bytes, said to be SHA-512/256 (2.16.840.1.101.3.4.2.6).
    asked = question(digest, 7).replace(
        bytes.fromhex("0609608648016503040201"), bytes.fromhex("0609608648016503040206")
    )
    config = authority._folder / "good.cnf"
    before = config.read_text()
    try:
        config.write_text(before.replace("sha256, sha384, sha512", "sha256, sha512-256"))
        token = authority.reply("good", asked)
    finally:
        config.write_text(before)
    with pytest.raises(Refused) as refused:
        check_answer(token, digest, (authority.root.der,), nonce=7)
    assert refused.value.why is Why.OTHER_DIGEST


def test_a_good_token_under_a_root_that_is_not_pinned_is_refused(authority: LocalAuthority) -> None:
    made = _ask(authority, "good", os.urandom(32), trusted=issue("Test Root", None, ca=True))
    assert made.why is Why.UNTRUSTED


def test_a_token_outlives_its_certificate(authority: LocalAuthority) -> None:
    root = os.urandom(32)
    for seconds in (2, 8, 32):  # as long as a busy machine needs to answer in time
        ends = datetime.now(UTC) + timedelta(seconds=seconds)
        signer = issue("Short Signer", authority.root, ca=False, ends=ends)
        token = authority.reply(authority.hire("short", signer), question(root, 5))
        if datetime.now(UTC) < ends:
            break
    while datetime.now(UTC) < ends + timedelta(seconds=1):
        time.sleep(0.1)
    assert check_answer(token, root, (authority.root.der,)).at <= ends


def test_nobody_there_is_a_failure_like_any_other(authority: LocalAuthority) -> None:
    nobody = Authority("nobody", "http://127.0.0.1:1/", (authority.root.der,))
    assert ask_for_stamp(bytes(32), nobody).why is Why.OFFLINE
    unresolvable = Authority("nobody", "http://time.invalid/", (authority.root.der,))
    assert ask_for_stamp(bytes(32), unresolvable).why is Why.OFFLINE


def test_only_a_digest_and_a_nonce_leave(authority: LocalAuthority) -> None:
    root = os.urandom(32)
    _ask(authority, "good", root)
    asked, headers = authority.questions[-1], authority.headers[-1]
    assert root in asked
    assert len(asked) <= 72
    assert set(headers) == {
        "host",
        "connection",
        "user-agent",
        "accept",
        "accept-encoding",
        "content-type",
        "content-length",
    }
    assert headers["user-agent"].startswith("Breakwater/")


def test_the_proxy_of_the_environment_is_used_but_never_for_this_machine(
    authority: LocalAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert _ask(authority, "good", os.urandom(32)).stamp is not None
    elsewhere = Authority("x", "http://time.invalid/", (authority.root.der,))
    # The proxy cannot be reached, and nothing goes around it.
    assert ask_for_stamp(bytes(32), elsewhere).why is Why.OFFLINE
    monkeypatch.setenv("http_proxy", "gopher://127.0.0.1:1")
    assert ask_for_stamp(bytes(32), elsewhere).why is Why.NO_PROXY


def test_mutated_answers_never_raise_anything_else_nor_change_what_is_stamped(
    authority: LocalAuthority,
) -> None:
    root, noise = os.urandom(32), os.urandom(4_000)
    token = authority.reply("chain", question(root, 99))
    at = check_answer(token, root, (authority.root.der,), nonce=99).at
    for index in range(0, len(noise), 4):
        place = int.from_bytes(noise[index : index + 3], "big") % len(token)
        changed = bytearray(token)
        changed[place] ^= noise[index + 3] or 1
        try:
            stamp = check_answer(bytes(changed), root, (authority.root.der,), nonce=99)
        except Refused:
            continue
        assert (stamp.at, stamp.digest) == (at, root)
