"""`facilitate rehearse` against a served application: it agrees, it notices, and it leaves nothing behind."""

from __future__ import annotations

import json

from sqlalchemy import text

from facilitate import presets
from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.cast import PRESET, cast
from facilitate.rehearsal.check import check
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone
from facilitate.rehearsal.room import Room
from tests.real.phones import behind, counts
from tests.real.server import Server

TITLE = presets.load(PRESET)["title"]["en"]


def rehearse(server: Server, code: str, *options: object) -> dict[str, object]:
    done = server.facilitate("rehearse", code, "--people", 6, "--ideas", 5, "--json", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_a_small_room_agrees_completely_and_may_rehearse_again(shared_server: Server) -> None:
    code, before = shared_server.new_event()["code"], counts(shared_server.store)["participant"]
    for seed in (1, 2):
        told = rehearse(shared_server, code, "--seed", seed)
        assert told.pop("seconds")
        assert told == {
            "people": 6,
            "ideas": 5,
            "sent": 300,
            "acknowledged": 300,
            "exported": 300,
            "disagreements": [],
        }
    assert counts(shared_server.store)["participant"] == before + 6


def test_a_room_that_is_dealt_its_ideas_agrees_too(shared_server: Server) -> None:
    code = shared_server.new_event()["code"]
    with behind(shared_server.store, writing=True) as connection:
        connection.execute(text("UPDATE event SET per_person = 2 WHERE code = :code"), {"code": code})
    told = rehearse(shared_server, code)
    assert told["sent"] == told["acknowledged"]
    assert told["disagreements"] == []


def test_a_room_speaks_the_words_of_an_event_that_its_host_has_changed(shared_server: Server) -> None:
    """No groups, other kinds, other evidence, and a break on the way."""
    links = shared_server.new_event()
    host = Host(links["console_url"], links["code"])
    for path, fields in (
        ("lists/kind", {"do": "remove:gap", "new_kind-en": "A wish"}),
        ("lists/evidence", {"do": "remove:report"}),
        ("lists/group", {"do": "remove:other"}),
        ("agenda", {"key": "break", "after": "1"}),
        ("agenda", {"key": "presentation", "after": "4"}),
    ):
        host._press(path, fields)
    told = rehearse(shared_server, links["code"])
    assert (told["sent"], told["acknowledged"], told["disagreements"]) == (300, 300, [])


def test_from_another_machine_the_console_link_is_enough(shared_server: Server) -> None:
    links = shared_server.new_event()
    elsewhere = Server(shared_server.instance / "elsewhere")
    elsewhere.instance.mkdir()
    told = rehearse(elsewhere, links["code"], "--console-url", links["console_url"])
    assert (told["sent"], told["acknowledged"], told["exported"], told["disagreements"]) == (300, 300, 300, [])
    assert list(elsewhere.instance.iterdir()) == []


def test_refused_once_a_real_person_has_joined(shared_server: Server) -> None:
    links = shared_server.new_event()
    Host(links["console_url"], links["code"]).open_doors(TITLE)
    Phone(Browser(shared_server.url), links["code"]).join()
    before = counts(shared_server.store)
    done = shared_server.facilitate("rehearse", links["code"])
    assert done.returncode == 1
    assert done.stderr == "facilitate: Real people have joined this event, so it cannot be rehearsed any more.\n"
    after = counts(shared_server.store)
    assert after == before | {"log_entry": after["log_entry"]}


def test_opening_the_doors_leaves_nothing_of_it(shared_server: Server) -> None:
    links = shared_server.new_event()
    before = counts(shared_server.store)
    rehearse(shared_server, links["code"])
    during = counts(shared_server.store)
    assert all(during[table] > 0 for table in ("participant", "ballot", "idea", "evidence", "score", "organization"))
    Host(links["console_url"], links["code"]).open_doors(TITLE)
    after = counts(shared_server.store)
    assert after.pop("log_entry") > before.pop("log_entry")
    assert after == before
    phone = Phone(Browser(shared_server.url), links["code"])
    phone.join()
    assert phone.paper().activity == "welcome"


def test_a_score_that_was_changed_behind_our_back_is_noticed(shared_server: Server) -> None:
    links = shared_server.new_event()
    host = Host(links["console_url"], links["code"])
    room = Room(shared_server.url, links["code"], cast(6, 5, 1), host, say=lambda _line: None)
    room.play()
    assert check(room, None).disagreements == ()
    with behind(shared_server.store, writing=True) as connection:
        tamper = text(
            "UPDATE score SET value = 6 - value WHERE (ballot_id, idea_id, criterion_id) IN"
            " (SELECT ballot_id, idea_id, criterion_id FROM score JOIN idea ON idea.id = idea_id"
            " JOIN event ON event.id = idea.event_id WHERE event.code = :code AND answer = 'number' AND value != 3"
            " AND (ballot_id, idea_id) NOT IN (SELECT ballot_id, idea_id FROM recusal)"
            # Where enough people answered, so that the ranking shows a mean.
            " AND (idea_id, criterion_id) IN (SELECT idea_id, criterion_id FROM score WHERE answer = 'number'"
            " AND (ballot_id, idea_id) NOT IN (SELECT ballot_id, idea_id FROM recusal)"
            " GROUP BY idea_id, criterion_id HAVING count(*) >= 5) LIMIT 1)"
        )
        connection.execute(tamper, {"code": links["code"]})
    assert any(problem.startswith("ranking.csv, idea") for problem in check(room, None).disagreements)


def test_nobody_answers(server: Server) -> None:
    code = server.new_event()["code"]
    server.term()
    done = server.facilitate("rehearse", code, "--url", server.url)
    assert done.returncode == 1
    assert done.stderr == f"facilitate: Nobody answers at {server.url}. Is `facilitate serve` running there?\n"
