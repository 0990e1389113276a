"""What PostgreSQL cannot hold is refused in words: zero bytes, endless numbers, texts that are too long."""

from __future__ import annotations

from urllib.parse import quote

from tests.cast import SAME_ORIGIN, Day

STRANGE = ("\0", "a\0b", "x" * 5000, "9" * 40, "\ud7ff", "-1")


def test_in_addresses_and_in_forms(day: Day) -> None:
    day.until("welcome").joins()
    day.collects(["Evening classes"])
    amina, statuses = day.people[0].client, set()
    fay = day.fay.client
    for strange in STRANGE:
        said = quote(strange)
        for path in (f"console/log?page={said}", f"console/ideas?tab={said}", f"enter/{said}", f"console/links/{said}"):
            statuses.add(fay.get(f"/{day.code}/{path}").status_code)
        for path in (f"console/links/{said}/revoke", f"console/ideas/{said}/show", f"ideas/{said}/withdraw"):
            statuses.add(fay.post(f"/{day.code}/{path}", headers=SAME_ORIGIN).status_code)
        for path, fields in (
            ("ideas", {"title": strange, "kind": strange, "sector": strange, "details": strange}),
            ("re-enter", {"reentry": strange}),
        ):
            statuses.add(amina.post(f"/{day.code}/{path}", data=fields, headers=SAME_ORIGIN).status_code)
        stranger = day.browser().client
        for path, fields in (
            ("/sign-in", {"email": strange, "password": strange}),
            (f"/{day.code}", {"group": strange, "organization": strange, "language": strange}),
            ("/", {"code": strange}),
        ):
            statuses.add(stranger.post(path, data=fields, headers=SAME_ORIGIN).status_code)
    assert max(statuses) < 500, statuses
