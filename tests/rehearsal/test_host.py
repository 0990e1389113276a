"""What the simulated host reads on the console's pages."""

from __future__ import annotations

from facilitate.rehearsal.host import ConsolePage

PAGE = """
<h3><bdi dir="auto">Child minding for parents &amp; others</bdi></h3>
<form action="/48291376/ideas/one/show?tab=waiting"><input type="hidden" name="version" value="7"></form>
<form action="/48291376/ideas/one/merge"><select><option value="two">Bus from the county</option></select></form>
<h3>Bus  from
 the county</h3>
<form action="/48291376/ideas/two/show"></form>
<form action="/48291376/console/next"></form>
"""


def test_version_and_ideas() -> None:
    page = ConsolePage(PAGE, ["Bus from the county", "Child minding for parents & others", "Never sent"])
    assert page.version == 7
    assert page.ideas == {"Child minding for parents & others": "one", "Bus from the county": "two"}


def test_nothing_of_the_kind() -> None:
    page = ConsolePage("<p>Nothing here</p>", ["Bus"])
    assert page.version is None
    assert page.ideas == {}
