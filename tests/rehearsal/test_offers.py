"""The simulated room speaks the words of the event it is in."""

from __future__ import annotations

from facilitate.rehearsal.offers import Offers, fitting

PAGE = """
<input type="radio" name="kind" value="wish"><input type="radio" name="kind" value="gap">
<select name="evidence-0-type"><option value="">Choose</option><option value="story">A story</option></select>
<input type="radio" name="group" value=""><input type="checkbox" name="sector" value="no radio">
"""


def test_what_is_not_offered_is_left_out_or_becomes_the_first_of_the_list() -> None:
    offers = Offers(PAGE).values
    assert offers == {"kind": ["wish", "gap"], "evidence-0-type": ["story"]}
    said = [
        ("title", "A van"),
        ("kind", "issue"),
        ("sector", "housing"),
        ("group", "other"),
        ("evidence-2-type", "report"),
        ("evidence-2-text", "Our notes."),
    ]
    assert [value for _, value in fitting(said, offers)] == ["A van", "wish", "", "", "story", "Our notes."]
    assert fitting([("kind", "gap")], offers) == [("kind", "gap")]
