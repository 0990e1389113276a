"""The phone's WebSocket against an independent implementation of the other side."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from facilitate.rehearsal.websocket import SocketClosed, WebSocket

SIZES = (0, 1, 125, 126, 1000, 65535, 65536, 200_000)


def echo(connection: ServerConnection) -> None:
    """Say hello at once, then repeat everything; some words have an effect."""
    connection.send("hello")
    try:
        for said in connection:
            if said == "goodbye":
                return
            if said == "ping":
                connection.ping("are you there?").wait(5)
            if said == "pieces":
                connection.send(iter(["in ", "three ", "pieces"]))
                continue
            connection.send(said)
    except ConnectionClosed:
        return


def only_from_here(connection: ServerConnection, request: Request) -> Response | None:
    return None if request.headers.get("Origin") == "http://here" else connection.respond(403, "not you\n")


@pytest.fixture
def other_side() -> Iterator[Server]:
    with serve(echo, "127.0.0.1", 0, process_request=only_from_here, compression=None, max_size=2**20) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def opened(server: Server, origin: str = "http://here") -> WebSocket:
    port = server.socket.getsockname()[1]
    return WebSocket.open(f"127.0.0.1:{port}", "/", {"Origin": origin})


def test_what_is_sent_comes_back_at_every_size(other_side: Server) -> None:
    socket = opened(other_side)
    assert socket.receive(5) == "hello"
    for size in SIZES:
        text = ("é" * size)[: size // 2] + "x" * (size % 2)
        socket.send(text)
        assert socket.receive(5) == text
    socket.close()


def test_pings_are_answered_and_pieces_put_together(other_side: Server) -> None:
    socket = opened(other_side)
    for said, heard in (("", "hello"), ("ping", "ping"), ("pieces", "in three pieces")):
        if said:
            socket.send(said)
        assert socket.receive(5) == heard
    socket.close()


def test_silence_ends_after_the_patience(other_side: Server) -> None:
    socket = opened(other_side)
    assert socket.receive(5) == "hello"
    assert socket.receive(0.05) is None
    assert socket.receive(0) is None
    socket.close()


def test_a_closed_socket_says_so(other_side: Server) -> None:
    socket = opened(other_side)
    assert socket.receive(5) == "hello"
    socket.send("goodbye")
    with pytest.raises(SocketClosed):
        socket.receive(5)
    with pytest.raises(SocketClosed):
        socket.send("anybody?")
    socket.close()


def test_a_socket_that_is_not_let_in(other_side: Server) -> None:
    with pytest.raises(SocketClosed, match="403"):
        opened(other_side, origin="http://elsewhere")
