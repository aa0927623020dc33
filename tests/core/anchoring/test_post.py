"""The bounds of one question, against sockets that misbehave."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from core.anchoring.post import Limits, is_loopback, post
from core.anchoring.refusal import Refused, Why

Server = Callable[[bytes], str]
FAST = Limits(connect=2.0, read=0.5, whole=1.0, body=1_000)


@pytest.fixture
def server() -> Iterator[Server]:
    """Answers one connection with these bytes, then holds it open until the end of the test."""
    done = threading.Event()
    listeners: list[tuple[socket.socket, threading.Thread]] = []

    def serve(answer: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))

        def run() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(answer)
                if not answer.endswith(b"bye"):
                    done.wait(10)

        thread = threading.Thread(target=run)
        thread.start()
        listeners.append((listener, thread))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"

    yield serve
    done.set()
    for listener, thread in listeners:
        thread.join(10)
        listener.close()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", Why.OFFLINE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly a beginning", Why.OFFLINE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut off, bye", Why.OFFLINE),
        (b"SMTP ready\r\n\r\n", Why.OFFLINE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + bytes(2000), Why.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + bytes(2000), Why.TOO_LARGE),
        (b"HTTP/1.1 307 Go\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n", Why.REDIRECTED),
        (b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n", Why.STATUS),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx", Why.ENCODED),
    ],
)
def test_answers_that_break_a_bound(server: Server, answer: bytes, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        post(server(answer), b"?", FAST)
    assert refused.value.why is why
    assert refused.value.untrusted_answer is None


def test_a_whole_answer_comes_back_as_it_is(server: Server) -> None:
    assert post(server(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"), b"?", FAST) == b"abc"


def test_an_answer_in_drops_is_given_up(server: Server) -> None:
    """Each chunk comes in time, the whole does not."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab"
    with pytest.raises(Refused) as refused:
        post(server(answer), b"?", Limits(connect=2.0, read=5.0, whole=-1.0, body=1_000))
    assert refused.value.why is Why.OFFLINE


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("example.org", False), ("10.0.0.1", False)],
)
def test_this_machine(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
