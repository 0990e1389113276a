"""The guard around /socket.io."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest

from facilitate import transport
from facilitate.transport import BURST, RATE, Bucket, TransportGuard, UnsafeServer, is_acceptable

GOOD = [
    "2",
    "3",
    "2probe",
    "3probe",
    "5",
    "6",
    "1",
    "41",
    "40",
    '40{"event":"48291376","section":"phone"}',
    '421["score",{"seq":1,"idea":"x","criterion":"A","value":4}]',
    '42["score",{}]',
    '4217["score",null]',
]

BAD = [
    "",
    "0",
    "7",
    "4",
    "44",
    "45",
    "46",
    "40/admin,",
    '40/admin,{"a":1}',
    "40[]",
    "40{",
    "40" + "{" * 3000,
    '42["connect",{}]',
    '42["disconnect","spoofed"]',
    '42["message",{}]',
    '42["score"]',
    '42["score",1,2]',
    '42{"score":1}',
    "42[]",
    "42null",
    '42/x,["score",{}]',
    '42["score",NaN',
    '42["score",' + "1" * 200 + "]",
    '4212345678901["score",{}]',
    '43["x"]',
    '430["x"]',
    '451-["score",{"_placeholder":true,"num":0}]',
    "42" + "[" * 5000 + "]" * 5000,
    b"\x04binary",
    None,
    " 2",
    "2\n",
    "٤2",
]


@pytest.mark.parametrize("packet", GOOD)
def test_what_our_own_pages_send_goes_through(packet: str) -> None:
    assert is_acceptable(packet)


@pytest.mark.parametrize("packet", BAD)
def test_everything_else_ends_the_connection(packet: object) -> None:
    assert not is_acceptable(packet)


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_burst_goes_through_and_a_flood_does_not() -> None:
    clock = Clock()
    bucket = Bucket(clock)
    assert sum(bucket.takes_one() for _ in range(10_000)) == BURST


def test_tokens_come_back_with_time() -> None:
    clock = Clock()
    bucket = Bucket(clock)
    while bucket.takes_one():
        pass
    clock.at += 1
    assert sum(bucket.takes_one() for _ in range(10_000)) == RATE


# --- at the door of /socket.io ---


EMPTY: Mapping[str, Any] = MappingProxyType({})


def knock(
    cap: int = 10, lines: Mapping[str, Any] = EMPTY, body: bytes = b"", **environ: Any
) -> tuple[str, dict[str, str], dict[str, Any]]:
    """Ask the guard; returns status, headers and the environ that reached the application (empty if none)."""
    seen: dict[str, Any] = {}
    answer: dict[str, Any] = {}

    def behind(env: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(env)
        start("200 OK", [])
        return [b""]

    def start(status: str, headers: list[tuple[str, str]], *_rest: Any) -> None:
        answer.update(status=status, headers=dict(headers))

    asked = {
        "PATH_INFO": "/socket.io/",
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": "EIO=4&transport=polling",
        "HTTP_HOST": "plan.example.ca",
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        **environ,
    }
    list(TransportGuard(behind, lambda host: host == "plan.example.ca", cap, lines)(asked, start))
    return answer["status"], answer["headers"], seen


OURS: dict[str, Any] = {"HTTP_ORIGIN": "https://plan.example.ca"}


def test_our_own_page_may_poll_and_upgrade() -> None:
    assert knock()[0] == "200 OK"
    assert knock(HTTP_UPGRADE="websocket", **OURS)[0] == "200 OK"


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://["},
        {"HTTP_ORIGIN": "https://plan.example.ca", "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_UPGRADE": "websocket"},
        {"QUERY_STRING": "EIO=4&transport=polling&j=0"},
    ],
)
def test_other_sites_and_other_tongues_are_turned_away(environ: dict[str, Any]) -> None:
    status, _, seen = knock(**environ)
    assert status.startswith(("400", "403"))
    assert seen == {}


def test_over_the_cap_people_are_asked_to_come_back() -> None:
    ten = {str(number): SimpleNamespace(closed=False) for number in range(10)} | {"left": SimpleNamespace(closed=True)}
    status, headers, _ = knock(cap=10, lines=ten)
    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "5")
    assert knock(cap=11, lines=ten)[0] == "200 OK"
    assert knock(cap=10, lines=ten, QUERY_STRING="EIO=4&transport=websocket&sid=known")[0] == "200 OK"


def test_compression_is_never_agreed_to() -> None:
    _, _, seen = knock(HTTP_SEC_WEBSOCKET_EXTENSIONS="permessage-deflate", HTTP_UPGRADE="websocket", **OURS)
    assert "HTTP_SEC_WEBSOCKET_EXTENSIONS" not in seen


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        (b'42["score",{}]', True),
        (b'42["score",{}]\x1e3', True),
        (b'42["score",{}]\x1e42["connect",{}]', False),
        (b"\xff\xfe", False),
        (b"", False),
        (b"2" * 20_000, False),
    ],
)
def test_polled_packets_are_looked_at_like_sent_ones(*, body: bytes, passes: bool) -> None:
    status, _, seen = knock(body=body, REQUEST_METHOD="POST", **OURS)
    assert (status == "200 OK") is passes
    if passes:
        assert seen["wsgi.input"].read() == body


def test_every_answer_carries_the_protecting_headers() -> None:
    asked: list[dict[str, Any]] = [{}, {"HTTP_HOST": "evil.example"}]
    for environ in asked:
        headers = knock(**environ)[1]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_a_second_worker_without_a_message_queue_is_refused() -> None:
    with pytest.raises(UnsafeServer):
        transport.refuse_unsafe_surroundings({"WEB_CONCURRENCY": "2"})
    transport.refuse_unsafe_surroundings({"WEB_CONCURRENCY": "2", "FACILITATE_REDIS": "redis://127.0.0.1"})
