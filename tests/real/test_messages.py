"""What the server says over sockets: the name of a section that changed, to those who may see it, and nothing else."""

from __future__ import annotations

import contextlib
import json
import threading

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from tests.real.server import Server


class Ear:
    """Hears everything that comes over one socket."""

    def __init__(self, server: Server, browser: Browser, code: str, section: str) -> None:
        self.heard: list[str] = []
        opening = connect(
            server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
            origin=Origin(server.url),
            additional_headers={"Cookie": browser.cookie_header},
        )
        self.socket: ClientConnection = opening.__enter__()
        self.socket.recv(timeout=10)
        self.socket.send("40" + json.dumps({"event": code, "section": section}))
        self.is_in = self._answer().startswith("40")
        threading.Thread(target=self._listen, daemon=True).start()

    def _answer(self) -> str:
        """Come in, or not; the first nudge may overtake it."""
        while (packet := str(self.socket.recv(timeout=10)))[:2] not in ("40", "44"):
            pass
        return packet

    def _listen(self) -> None:
        with contextlib.suppress(WebSocketException):
            for packet in self.socket:
                if packet == "2":
                    self.socket.send("3")
                else:
                    self.heard.append(str(packet))


def test_everybody_hears_only_that_their_own_section_changed(server: Server) -> None:
    links = server.new_event()
    code, host = links["code"], Host(links["console_url"], links["code"])
    projector = Browser(server.url)
    projector.get("/" + links["board_url"].split("/", 3)[3])
    host._press("open", {"version": str(host.version())})
    amina, ben = Phone(Browser(server.url), code), Phone(Browser(server.url), code)
    amina.join()
    ben.join()
    ears = {
        "phone": Ear(server, amina.browser, code, "phone"),
        "board": Ear(server, projector, code, "board"),
        "console": Ear(server, host.browser, code, "console"),
    }
    host.move_on()
    amina.submit([("title", "Evening classes"), ("kind", "gap")])
    host._press("show-all", {})
    host.move_on()
    host.move_on()
    idea = next(iter(ben.paper().ideas))
    ben.connect()
    ben.score([Tap(idea, criterion, "5") for criterion in "ABCDEFGHIJ"])
    ben.hang_up()
    host.move_on()
    host.reveal()
    for section, ear in ears.items():
        assert ear.is_in
        assert set(ear.heard) == {f'42["changed","{section}"]'}


def test_a_phone_cannot_listen_where_it_does_not_belong(server: Server) -> None:
    links = server.new_event()
    other = server.new_event()
    host = Host(links["console_url"], links["code"])
    host._press("open", {"version": str(host.version())})
    amina = Phone(Browser(server.url), links["code"])
    amina.join()
    for code, section in (
        (links["code"], "console"),
        (links["code"], "board"),
        (other["code"], "phone"),
        ("1", "phone"),
    ):
        assert not Ear(server, amina.browser, code, section).is_in


def test_a_revoked_link_ends_its_open_sockets(server: Server) -> None:
    links = server.new_event()
    code, host = links["code"], Host(links["console_url"], links["code"])
    projector = Browser(server.url)
    projector.get("/" + links["board_url"].split("/", 3)[3])
    ear = Ear(server, projector, code, "board")
    page = host.browser.get(f"/{code}/console/people").text
    for part in page.split(f"/{code}/console/links/")[1:]:
        host.browser.post(f"/{code}/console/links/{part.split('/')[0]}/revoke")
    ear.socket.close_timeout = 5
    with contextlib.suppress(WebSocketException, TimeoutError):
        while True:
            ear.socket.recv(timeout=5)
    assert not Ear(server, projector, code, "board").is_in
