"""A served day as whoever runs the server sees it: its journal, its figures, its backups, and who is sent away."""

from __future__ import annotations

import contextlib
import json
import socket
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Line, Phone
from facilitate.rehearsal.websocket import SocketClosed
from tests.real.phones import wait_for
from tests.real.server import Server

EMAIL = "fay.okafor@example.org"
PASSWORD = "planted horse battery staple"
TITLE = "Planted title of an idea"
ANNOUNCED = ("facilitate is at ", "Set up the first account: ")


def journal(server: Server) -> list[dict[str, Any]]:
    """Every line of the journal; what is printed for people at the start stays as it was."""
    written = server.log.read_text().splitlines()
    return [json.loads(line) for line in written if not line.startswith(ANNOUNCED)]


def account(server: Server) -> Browser:
    """Fay with an account, signed in."""
    added = server.facilitate("user", "add", EMAIL)
    assert added.returncode == 0, added.stderr
    return signed_in(server, added.stdout)


def signed_in(server: Server, printed: str) -> Browser:
    fay = Browser(server.url)
    token = printed.rsplit("/setup/", 1)[1].strip()
    done = fay.post(f"/setup/{token}", {"email": EMAIL, "password": PASSWORD})
    assert done.status == 303, done.text
    return fay


def ended(line: Line) -> bool:
    """Has the server closed it? Nudges that came before are read on the way."""
    try:
        return line.answer(0.05) is not None
    except SocketClosed:
        return True


@pytest.fixture
def closing() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as stack:
        yield stack


def test_a_day_leaves_lines_that_can_be_read_and_give_nobody_away(shared_server: Server) -> None:
    server = shared_server
    links = server.new_event()
    host = Host(links["console_url"], links["code"])
    fay = account(server)
    wrong = Browser(server.url).post("/sign-in", {"email": EMAIL, "password": PASSWORD + "!", "next": "/"})
    assert wrong.status == 403
    assert fay.post("/sign-out").status == 303
    phone = Phone(Browser(server.url), links["code"])
    phone.join(rehearsal=host.begin_rehearsal())
    host.move_on()
    phone.submit([("title", TITLE), ("kind", "gap")])
    assert phone.browser.get(f"/{links['code']}/console").status == 403
    assert Browser(server.url).get("/99999999").status == 404
    for nonsense in (f"NONSENSE {links['console_url']}\r\n\r\n", f"GET {links['console_url']} HTTP/9\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as raw:
            raw.sendall(nonsense.encode())
            assert b" 400 " in raw.recv(4096)
    phone.connect()
    assert phone.line is not None
    phone.line.socket.send('42["connect",1]')
    wait_for(lambda: ended(phone.line) if phone.line else True)
    phone.hang_up()

    lines = journal(server)
    told = [line["what"] for line in lines]
    assert told[0] == "serving"
    assert {"signed in", "sign-in refused", "signed out", "refused", "rehearsal.began", "activity.opened"} <= set(told)
    assert [line["why"] for line in lines if line["what"] == "the guard closed a socket"] == ["packet"]
    assert {line["network"] for line in lines if "network" in line} == {"127.0.0.0/24"}
    planted = [TITLE, EMAIL, "fay.okafor", PASSWORD, links["code"], links["console_url"].rsplit("/", 1)[1]]
    planted += [*phone.browser.cookies.values(), *host.browser.cookies.values()]
    text = "\n".join(map(json.dumps, lines))
    assert [secret for secret in planted if secret in text] == []


def test_an_operator_reads_the_figures_of_the_served_day(shared_server: Server) -> None:
    here = Browser(shared_server.url)
    text = here.get("/metrics").text
    assert "facilitate_sockets_cap 8000.0" in text
    assert 'facilitate_request_seconds_count{status="2xx"}' in text
    assert "process_resident_memory_bytes" in text


def test_resetting_an_account_by_command_ends_its_open_sockets(
    shared_server: Server, closing: contextlib.ExitStack
) -> None:
    server = shared_server
    fay = signed_in(server, server.facilitate("user", "reset", EMAIL).stdout)
    made = fay.post("/events", {"preset": "ircc-planning-day", "title": "", "language": "en"})
    assert made.status == 303, made.text
    code = made.headers["Location"].split("/")[1]
    account_line = Line(fay, {"event": code, "section": "console"})
    closing.callback(account_line.close)
    for _ in range(30):  # the control: as long as nobody resets anything, it stays open
        assert not ended(account_line)
    assert server.facilitate("user", "reset", EMAIL).returncode == 0
    wait_for(lambda: ended(account_line))
    with pytest.raises(SocketClosed):
        Line(fay, {"event": code, "section": "console"})


@pytest.mark.sqlite("it works on the file")
def test_a_link_that_is_revoked_elsewhere_ends_its_open_sockets_and_no_others(
    shared_server: Server, closing: contextlib.ExitStack
) -> None:
    links = shared_server.new_event()
    code = links["code"]
    lines = {}
    for section, address in (("console", links["console_url"]), ("board", links["board_url"])):
        browser = Browser(shared_server.url)
        browser.get("/" + address.split("/", 3)[3])
        lines[section] = Line(browser, {"event": code, "section": section})
        closing.callback(lines[section].close)
    with contextlib.closing(sqlite3.connect(shared_server.database)) as elsewhere, elsewhere:
        elsewhere.execute(
            "UPDATE capability SET revoked_at = '2018-09-25 09:00:00' WHERE role = 'board'"
            " AND event_id = (SELECT id FROM event WHERE code = ?)",
            [code],
        )
    wait_for(lambda: ended(lines["board"]))
    for _ in range(30):
        assert not ended(lines["console"])


@pytest.mark.sqlite("it works on the file")
def test_a_backup_is_made_by_itself_as_soon_as_a_day_goes_on(shared_server: Server) -> None:
    """The last one in this file: it stops the server that the others share."""
    server = shared_server
    links = server.new_event()
    Host(links["console_url"], links["code"]).open_doors("")
    server.term()
    assert server.process is not None
    assert server.process.returncode == 0
    server.start()
    folder = server.instance / "backups"
    wait_for(lambda: list(folder.glob("hourly-*.backup.sha256")))
    assert "backup made" in [line["what"] for line in journal(server)]
    server.term()
    assert [line["what"] for line in journal(server)][-2:] == ["stopping", "stopped"]
