from dataclasses import replace
from typing import Any

import pytest

from facilitate.scoring.errors import BadInput
from facilitate.scoring.settings import Settings, read_facts


def test_facts_come_back_as_the_settings_they_were() -> None:
    settings = Settings(minimum=5, top=10, trim=1, balance=True, fall_back=True, k=10)
    assert Settings(**read_facts(settings.facts())) == settings


def test_facts_that_say_nothing_change_nothing() -> None:
    assert read_facts({"rounds": None, "k": None, "more": 1}) == {}


@pytest.mark.parametrize(("name", "value"), [("minimum", 0), ("top", 0), ("trim", -1), ("k", 2)])
def test_settings_below_their_floor_are_refused(name: str, value: Any) -> None:
    with pytest.raises(BadInput, match=f"{name} is"):
        replace(Settings(), **{name: value})


@pytest.mark.parametrize(
    "facts", [{"minimum": "5"}, {"top": 1.5}, {"balance": 1}, {"trim": True}, {"rounds": {"fall_back": "no"}}]
)
def test_facts_of_another_kind_are_refused(facts: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="in the settings is"):
        read_facts(facts)


def test_parts_of_the_room_need_ten_people_where_nothing_else_is_set() -> None:
    assert [Settings().part_k, Settings(k=12).part_k] == [10, 12]
