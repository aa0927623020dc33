"""Why a time-stamp authority gave nothing we can use."""

from enum import Enum


class Why(Enum):
    """The reason, kept with the failed anchor; `ui` and the command line hold the words."""

    OFFLINE = "stamp-offline"  # no answer at all
    NO_PROXY = "stamp-proxy"  # the proxy setting cannot be used
    REDIRECTED = "stamp-redirected"  # sent us to another address; never followed
    STATUS = "stamp-status"  # an HTTP status other than 200
    TOO_LARGE = "stamp-too-large"
    ENCODED = "stamp-encoded"  # compressed, which was not asked for
    UNREADABLE = "stamp-unreadable"  # not a time-stamp answer in DER
    DECLINED = "stamp-declined"  # a proper answer that says no
    OTHER_NONCE = "stamp-other-nonce"  # an answer to another question, or an old one
    OTHER_DIGEST = "stamp-other-digest"  # stamps something else
    UNTRUSTED = "stamp-untrusted"  # signature, certificate or its root does not hold


class Refused(Exception):
    """No usable token. `untrusted_answer` is what came back, when anything did."""

    def __init__(self, why: Why, untrusted_answer: bytes | None = None) -> None:
        super().__init__(why.value)
        self.why = why
        self.untrusted_answer = untrusted_answer
