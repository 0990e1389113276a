"""Who is here, over several processes; and what is no message is not heard."""

from __future__ import annotations

import pytest

from facilitate.config import BadSetting
from facilitate.hall import SILENCE, Hall, Seat
from facilitate.neighbours import Neighbours


class Clock:
    at = 100.0

    def __call__(self) -> float:
        return self.at


def hall(clock: Clock | None = None) -> Hall:
    """Amina sits in it with two devices, Ben with one, and the board."""
    made = Hall(secret=b"ours", clock=clock or Clock())
    for number, who in enumerate(("participant:amina", "participant:amina", "participant:ben")):
        made.sit(f"s{number}", Seat(7, "48291376", "phone", who, f"l{number}"))
    made.sit("board", Seat(7, "48291376", "board", "capability:board", "lb"))
    return made


def test_somebody_with_phones_on_two_servers_counts_once() -> None:
    ours, theirs = hall(), hall()
    theirs.leave("s2")
    theirs.sit("s9", Seat(7, "48291376", "phone", "participant:chidi", "l9"))
    assert (ours.here(7), theirs.here(7)) == (2, 2)
    assert ours.hear("theirs", 7, theirs.present(7))
    assert not ours.hear("theirs", 7, theirs.present(7))  # no news
    assert ours.here(7) == 3
    assert ours.here(8) == 0


def test_names_for_the_neighbours_say_nothing_elsewhere() -> None:
    names = hall().present(7)
    assert names != Hall(seats=hall().seats, secret=b"another").present(7)
    assert not any("amina" in name for name in names)


def test_a_neighbour_that_fell_silent_is_not_counted() -> None:
    clock = Clock()
    ours = hall(clock)
    ours.hear("theirs", 7, ["somebody"])
    ours.hear("others", 7, [])
    clock.at += SILENCE + 0.1
    assert ours.here(7) == 2
    assert ours.forget_the_silent() == {7}
    assert ours.elsewhere == {}


def neighbours(url: str = "redis://nowhere") -> Neighbours:
    return Neighbours(url, b"secret", hear=lambda _who, _message: None, beat=lambda: None, turned=lambda: None)


def test_only_what_others_say_is_heard() -> None:
    ours = neighbours()
    assert ours._read('{"from":"them","hello":true}') == ("them", {"hello": True})
    for noise in (f'{{"from":"{ours.name}","hello":true}}', '{"hello":true}', '{"from":7}', "[]", "not json", ""):
        assert ours._read(noise) is None


@pytest.mark.parametrize(("url", "waiting"), [("", True), ("redis://nowhere", False)])
def test_without_redis_nothing_waits_to_be_told(url: str, waiting: bool) -> None:  # noqa: FBT001
    ours = neighbours(url)
    ours.tell(hello=True)
    assert ours.to_tell.empty() == waiting


def test_an_address_that_is_none_is_refused_at_the_start() -> None:
    with pytest.raises(BadSetting, match="The Redis URL cannot be used"):
        neighbours("http://127.0.0.1")


def test_two_installations_on_one_redis_do_not_hear_each_other() -> None:
    other = Neighbours("", b"another", hear=lambda _who, _message: None, beat=lambda: None, turned=lambda: None)
    assert neighbours().channel != other.channel


def test_one_message_that_fails_does_not_end_the_listening(caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> None:
        raise ValueError

    neighbours()._safely(fails)
    assert "a message of a neighbour was lost" in caplog.text
