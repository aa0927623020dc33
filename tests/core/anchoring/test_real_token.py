"""A token that a real authority gave in October 2026, under the roots that come with the program."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.anchoring.authorities import reviewed
from core.anchoring.refusal import Refused, Why
from core.anchoring.rfc3161 import check_answer

TOKEN = (Path(__file__).parents[2] / "data" / "timestamps" / "digicert-2026-10.tsr").read_bytes()
DIGEST = bytes.fromhex("6ab3ed6962453bf28dcd35f61402df20e4ceba4a4249fe4c224cc9a08ecec71d")


def test_it_holds_under_the_root_of_its_authority_alone() -> None:
    by_name = {one.name: one for one in reviewed()}
    stamp = check_answer(TOKEN, DIGEST, by_name.pop("DigiCert").roots)
    assert stamp.at == datetime(2026, 10, 5, 14, 23, 50, tzinfo=UTC)
    for other in by_name.values():
        with pytest.raises(Refused) as refused:
            check_answer(TOKEN, DIGEST, other.roots)
        assert refused.value.why is Why.UNTRUSTED


def test_without_sorting_its_certificates_the_strict_reader_refuses_it() -> None:
    """Why `core.anchoring.der` exists; once this fails, it can go."""
    from rfc3161_client import decode_timestamp_response

    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(TOKEN)
