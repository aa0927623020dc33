"""A local file server that can resume, cut off, lie and change its mind."""

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Served:
    """One file and how the server behaves about it."""

    data: bytes
    etag: str = '"one"'
    cut_after: int | None = None  # close the connection after so many bytes of an answer
    claimed: int | None = None  # what Content-Length says, when not the truth
    ranges: bool = True
    wrong_start: bool = False  # answers a range request with another part
    redirect: str = ""
    status: int = 0


@dataclass
class FileServer:
    """`files[path]` is what is served; `asked` holds (path, Range header) of each request."""

    files: dict[str, Served] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                owner._answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    def url(self, path: str) -> str:
        """Where a path is served."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/{path}"

    def close(self) -> None:
        """Stop."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.lstrip("/")
        wanted = request.headers.get("Range", "")
        self.asked.append((path, wanted))
        served = self.files.get(path)
        if served is None or served.status or served.redirect:
            self._bare(request, served)
            return
        start = self._start(served, wanted, request.headers.get("If-Range", ""))
        body = served.data[start:]
        request.send_response(206 if start else 200)
        if served.etag:
            request.send_header("ETag", served.etag)
        if start:
            first = start + 1 if served.wrong_start else start
            size = len(served.data)
            request.send_header("Content-Range", f"bytes {first}-{size - 1}/{size}")
        length = len(body) if served.claimed is None else served.claimed - start
        request.send_header("Content-Length", str(length))
        request.end_headers()
        request.wfile.write(body if served.cut_after is None else body[: served.cut_after])
        request.wfile.flush()
        request.close_connection = True

    def _start(self, served: Served, wanted: str, version: str) -> int:
        if not (wanted and served.ranges and version == served.etag):
            return 0
        return int(wanted.removeprefix("bytes=").rstrip("-"))

    def _bare(self, request: BaseHTTPRequestHandler, served: Served | None) -> None:
        request.send_response(404 if served is None else (served.status or 302))
        if served is not None and served.redirect:
            request.send_header("Location", served.redirect)
        request.send_header("Content-Length", "0")
        request.end_headers()
