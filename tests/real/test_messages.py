"""What the server says over sockets: the name of a section that changed, to those who may see it, and nothing else."""

from __future__ import annotations

import time

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from tests.real.ears import Ear
from tests.real.server import Server


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
        until = time.monotonic() + 10  # a nudge may rest for a quarter of a second
        while not ear.heard and time.monotonic() < until:
            time.sleep(0.05)
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
