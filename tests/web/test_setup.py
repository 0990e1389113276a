"""The six steps of set-up: what a host says about the day before it begins, and who may still change what when."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from facilitate.extensions import db
from facilitate.models import Event, Idea, now
from facilitate.web.basics import OFFERED
from facilitate.web.language import INTERFACE
from tests.builders import FAY
from tests.cast import Day
from tests.web.test_design import criterion

PAGES = ("basics", "lists", "criteria", "agenda", "privacy", "check")


def picture(size: tuple[int, int] = (40, 20), colour: str = "navy", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


MULTIPART = "multipart/form-data; boundary=here"


def upload(name: str, raw: bytes) -> bytes:
    """The form as a browser sends it, in memory however large it is."""
    head = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
    return (
        f"--here\r\n{head.format('name', '')}{name}\r\n--here\r\n".encode()
        + head.format("logo", '; filename="logo.png"').encode()
        + raw
        + b"\r\n--here--\r\n"
    )


def basics(event: Event, **changed: str) -> dict[str, str]:
    """Everything that the first page sends back when nothing was typed but this."""
    sent = {f"title-{tag}": words for tag, words in event.title.items()}
    sent |= {"starts_on": event.starts_on.isoformat(), "place": event.place, "time_zone": event.time_zone}
    return sent | {name.replace("__", "-"): words for name, words in changed.items()}


def wordings(event: Event, name: str) -> dict[str, str]:
    """Everything that one list sends back."""
    sent = {"do": "save"}
    for term in event.listed(name):
        sent |= {f"rows_{name}-entry_{term.key}-{tag}": words for tag, words in term.label.items()}
        sent |= {f"hints_{name}-entry_{term.key}-{tag}": words for tag, words in (term.hint or {}).items()}
        if term.own_organization:
            sent[f"own_{name}-entry_{term.key}"] = "y"
    return sent


def keys(day: Day, name: str) -> list[str]:
    with day.event() as event:
        return [term.key for term in event.listed(name)]


def steps(day: Day) -> list[str]:
    with day.event() as event:
        return [step.key for step in event.activities]


@pytest.mark.parametrize("page", PAGES)
def test_who_watches_sees_every_step_and_changes_none(day: Day, page: str) -> None:
    assert f'href="/{day.code}/console/{page}" aria-current="step"' in day.fay.get(f"~/console/{page}").text
    watcher = day.invites("observer")
    shown = watcher.get(f"~/console/{page}").text
    inside = shown.partition("<main")[2].partition("</main>")[0]
    assert "<form" not in inside
    if page in ("basics", "privacy", "agenda"):
        watcher.post(f"~/console/{page}", {}, status=403)


# --- basics ---


def test_a_host_says_when_where_and_in_which_words_the_day_is(day: Day) -> None:
    with day.event() as event:
        sent = basics(
            event,
            title__fr="Journée de l’établissement",
            place="Town hall, Windsor",
            starts_on="2027-05-04",
            acknowledgement__en="We meet on the land of the Three Fires.\r\n\r\nWelcome.",
        )
    day.fay.post("~/console/basics", sent)
    with day.event() as event:
        assert event.title["fr"] == "Journée de l’établissement"
        assert (event.place, event.starts_on.isoformat()) == ("Town hall, Windsor", "2027-05-04")
        assert event.acknowledgement == {"en": "We meet on the land of the Three Fires.\n\nWelcome."}
    amina = day.open_doors().joins()
    assert '<p dir="auto" lang="en">Welcome.</p>' in amina.get("~").text


def test_an_event_needs_a_title_a_day_and_a_time_zone_there_is(day: Day) -> None:
    with day.event() as event:
        sent = basics(event)
    titles = dict.fromkeys((name for name in sent if name.startswith("title-")), "")
    for wrong in (titles, {"starts_on": ""}, {"starts_on": "soon"}, {"time_zone": "Mars/Olympus"}):
        page = day.fay.post("~/console/basics", sent | wrong | {"place": "Kept words"}, status=400).text
        assert "Kept words" in page
    with day.event() as event:
        assert event.place == ""


def test_a_day_is_in_a_year_that_can_be_counted_with(day: Day) -> None:
    with day.event() as event:
        sent, before = basics(event), event.starts_on
    for far in ("9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"):
        for path, form in (
            ("~/console/basics", sent | {"starts_on": far}),
            ("~/console/privacy/keep", {"until": far}),
        ):
            page = day.fay.post(path, form, status=400).text
            assert "between the years 2000 and 2100" in page, path
    day.fay.post("~/console/basics", sent | {"starts_on": "2100-12-31"})
    day.fay.post("~/console/basics", sent)
    with day.event() as event:
        assert event.starts_on == before


def test_languages_come_and_go_and_no_text_is_lost(day: Day) -> None:
    day.fay.post("~/console/languages", {"main": "fr", "spoken": ["fr", "es"]})
    with day.event() as event:
        assert (event.languages, event.language, event.board_language) == (["fr", "es"], "fr", "fr")
        assert set(event.title) == {"en", "fr", "ar"}
    assert 'name="title-es"' in day.fay.get("~/console/basics").text
    day.fay.post("~/console/languages", {"main": "en", "spoken": ["fr", "es"]}, status=400)
    day.fay.post("~/console/languages", {"main": "fr", "spoken": ["fr", "tlh"]}, status=400)
    day.fay.post("~/console/languages", {"main": "en", "spoken": ["en", "fr", "ar"]})
    with day.event() as event:
        assert event.title["ar"]


def test_words_in_a_language_that_was_taken_off_come_back_with_it(day: Day) -> None:
    with day.event() as event:
        before = [event.title["ar"], event.notice["ar"], event.activities[1].title["ar"], event.criteria[0].label["ar"]]
        before.append(event.listed("group")[0].label["ar"])
    day.fay.post("~/console/languages", {"main": "en", "spoken": ["en", "fr"]})
    with day.event() as event:
        texts = basics(event, place="Town hall")
        groups, words = wordings(event, "group"), notice(event)
        label = {name: text for name, text in criterion(event).items() if not name.endswith("-ar")}
    for path, sent in (
        ("basics", {name: text for name, text in texts.items() if not name.endswith("-ar")}),
        ("lists/group", {name: text for name, text in groups.items() if not name.endswith("-ar")}),
        ("privacy", {name: text for name, text in words.items() if not name.endswith("-ar")}),
        ("agenda/2-collect", {"title-en": "Speak up", "title-fr": "Parlez"}),
        ("criteria/A", label | {"label-en": "Wanted"}),
    ):
        day.fay.post(f"~/console/{path}", sent)
    day.fay.post("~/console/languages", {"main": "en", "spoken": ["en", "fr", "ar"]})
    with day.event() as event:
        after = [event.title["ar"], event.notice["ar"], event.activities[1].title["ar"], event.criteria[0].label["ar"]]
        assert [*after, event.listed("group")[0].label["ar"]] == before
        assert (event.activities[1].title["en"], event.criteria[0].label["en"]) == ("Speak up", "Wanted")


# --- who convenes ---


def test_a_logo_is_written_anew_and_shown_to_everybody(day: Day) -> None:
    raw = picture((2000, 500), form="JPEG")
    day.fay.post("~/console/convenors", {"name": "County of Essex", "logo": (io.BytesIO(raw), "essex.jpg")})
    day.fay.post("~/console/convenors", {"name": "Friends without a logo"})
    with day.event() as event:
        found = event.convenors[0]
        assert (found.name, found.width, found.height) == ("County of Essex", 720, 180)
        assert found.logo is not None
        assert found.logo.startswith(b"\x89PNG")
        address = f"~/logo/{found.public_id}.png"
        assert [one.width for one in event.convenors] == [720, 0]
    stranger = day.browser()
    answer = stranger.get(address)
    assert (answer.mimetype, Image.open(io.BytesIO(answer.data)).size) == ("image/png", (720, 180))
    stranger.get("~/logo/nobody.png", status=404)
    day.fay.post(f"~/console/convenors/{found.public_id}/remove", {})
    stranger.get(address, status=404)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no picture that can be read"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "no picture that can be read"),
        (picture((5000, 4000)), "too many pixels"),
        (picture() + b"\0" * 900_000, "larger than 900 kB"),
    ],
    ids=["a script", "a torn file", "millions of pixels", "a large file"],
)
def test_what_is_no_picture_is_refused_in_words_and_the_name_stays(day: Day, raw: bytes, why: str) -> None:
    page = day.fay.post("~/console/convenors", upload("Kept name", raw), status=400, content_type=MULTIPART).text
    assert why in page
    assert "Kept name" in page
    with day.event() as event:
        assert event.convenors == []


def test_a_picture_keeps_nothing_but_its_points(day: Day) -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 30), "navy").save(out, "JPEG", exif=exif("taken at Amina’s house"), comment=b"a secret")
    assert b"a secret" in out.getvalue()
    day.fay.post("~/console/convenors", {"name": "A", "logo": (io.BytesIO(out.getvalue()), "a.jpg")})
    with day.event() as event:
        kept = event.convenors[0].logo or b""
    assert b"secret" not in kept
    assert b"Amina" not in kept


def exif(words: str) -> Image.Exif:
    made = Image.Exif()
    made[0x010E] = words
    return made


# --- lists ---


def test_a_group_is_reworded_added_moved_and_taken_off(day: Day) -> None:
    before = keys(day, "group")
    with day.event() as event:
        sent = wordings(event, "group")
    words = {
        "rows_group-entry_other-fr": "Toute autre personne",
        "new_group-en": "Newcomers & friends",
        "new_group-fr": "Nouveaux arrivants",
    }
    day.fay.post("~/console/lists/group", sent | words)
    assert keys(day, "group") == [*before, "newcomers-friends"]
    with day.event() as event:
        assert event.term("group", "other").label["fr"] == "Toute autre personne"
        sent = wordings(event, "group")
    day.fay.post("~/console/lists/group", sent | {"do": "up:newcomers-friends", "rows_group-entry_other-fr": "Autre"})
    assert keys(day, "group") == [*before[:-1], "newcomers-friends", "other"]
    with day.event() as event:
        assert event.term("group", "other").label["fr"] == "Autre"
        sent = wordings(event, "group")
    day.fay.post("~/console/lists/group", sent | {"do": "remove:newcomers-friends"})
    assert keys(day, "group") == before


def test_what_somebody_has_chosen_stays(day: Day) -> None:
    day.open_doors().joins(group="other")
    with day.event() as event:
        sent = wordings(event, "group")
    page = day.fay.post("~/console/lists/group", sent | {"do": "remove:other"}, status=409).text
    assert "Somebody has chosen “Other” already" in page
    typed = {"do": "remove:other", "rows_group-entry_health-social-fr": "Santé !", "new_group-en": "Newcomers"}
    page = day.fay.post("~/console/lists/group", sent | typed, status=409).text
    for words in ("Somebody has chosen “Other” already", 'value="Santé !"', 'value="Newcomers"', 'value="Other"'):
        assert words in page
    assert "newcomers" not in keys(day, "group")
    day.fay.post("~/console/lists/group", sent | {"do": "remove:health-social"})
    assert "other" in keys(day, "group")
    assert "health-social" not in keys(day, "group")


def test_without_groups_nobody_is_asked_for_one(day: Day) -> None:
    for key in keys(day, "group"):
        with day.event() as event:
            sent = wordings(event, "group")
        day.fay.post("~/console/lists/group", sent | {"do": f"remove:{key}"})
    day.open_doors()
    assert 'name="group"' not in day.browser().get("~").text
    day.joins()
    with day.event() as event:
        assert event.count_people() == 1


def test_a_word_that_is_taken_off_and_typed_anew_is_a_new_one(day: Day) -> None:
    with day.event() as event:
        sent = wordings(event, "group")
    day.fay.post("~/console/lists/group", sent | {"do": "remove:other", "new_group-en": "Other"})
    assert keys(day, "group")[-1] == "other-2"


def test_some_kind_of_idea_must_be_left(day: Day) -> None:
    for key in ("gap", "issue"):
        with day.event() as event:
            sent = wordings(event, "kind")
        day.fay.post("~/console/lists/kind", sent | {"do": f"remove:{key}"})
    with day.event() as event:
        sent = wordings(event, "kind")
    assert "one entry at least" in day.fay.post("~/console/lists/kind", sent | {"do": "remove:opportunity"}, 400).text
    assert keys(day, "kind") == ["opportunity"]
    typed = sent | {"do": "remove:opportunity", "rows_kind-entry_opportunity-en": "A chance for all"}
    page = day.fay.post("~/console/lists/kind", typed, status=400).text
    assert "one entry at least" in page
    assert 'value="A chance for all"' in page


def test_a_name_in_arabic_alone_gets_a_key_too(day: Day) -> None:
    for words in ("قادمون جدد", "أرباب العمل"):
        with day.event() as event:
            sent = wordings(event, "group")
        day.fay.post("~/console/lists/group", sent | {"new_group-ar": words})
    assert keys(day, "group")[-2:] == ["group", "group-2"]


def test_an_entry_may_have_a_name_that_a_form_knows_as_its_own(day: Day) -> None:
    """“Data” and its like gave the page a field that was none, and it never came again."""
    words = ("Data", "Meta", "Process", "Errors", "Validate", "Populate obj")
    for name in ("kind", "sector"):
        for word in words:
            with day.event() as event:
                sent = wordings(event, name)
            day.fay.post(f"~/console/lists/{name}", sent | {f"new_{name}-en": word})
            day.fay.get("~/console/lists")
        assert keys(day, name)[-len(words) :] == [word.lower().replace(" ", "-") for word in words]
    with day.event() as event:
        sent = wordings(event, "kind")
    renamed = {"rows_kind-entry_data-en": "Facts", "own_kind-entry_data": "y", "do": "up:data"}
    day.fay.post("~/console/lists/kind", sent | renamed)
    with day.event() as event:
        facts = event.term("kind", "data")
        assert (facts.label["en"], facts.own_organization) == ("Facts", True)


def test_an_empty_row_and_an_unknown_button_change_nothing(day: Day) -> None:
    with day.event() as event:
        sent, before = wordings(event, "sector"), event.revision
    empty = {name: "" for name in sent if name.startswith("rows_sector-entry_employment-")}
    assert "in one language at least" in day.fay.post("~/console/lists/sector", sent | empty, status=400).text
    day.fay.post("~/console/lists/sector", sent | {"do": "burn:employment"}, status=303)
    day.fay.post("~/console/lists/sector", sent | {"do": "up:nowhere"}, status=400)
    day.fay.post("~/console/lists/weather", sent, status=404)
    with day.event() as event:
        assert event.revision == before


# --- agenda ---


NAMELESS = {"title-en": "", "title-fr": "", "title-ar": ""}


def test_a_step_gets_other_words_and_minutes(day: Day) -> None:
    sent = {"title-en": "Speak up", "prompt-en": "What is missing?", "say-en": "", "minutes": "25"}
    day.fay.post("~/console/agenda/2-collect", sent)
    with day.event() as event:
        step = event.activities[1]
        assert (step.title["en"], step.prompt["en"], step.minutes) == ("Speak up", "What is missing?", 25)
        assert "en" not in (step.say or {})
    page = day.fay.post("~/console/agenda/2-collect", NAMELESS | {"prompt-en": "Kept words"}, status=400).text
    assert "Kept words" in page
    day.fay.post("~/console/agenda/2-sort", {"title-en": "Another"}, status=404)


def test_a_guest_and_a_break_go_between_the_steps_that_a_day_needs(day: Day) -> None:
    before = steps(day)
    day.fay.post("~/console/agenda", {"key": "presentation", "after": "0"})
    day.fay.post("~/console/agenda", {"key": "break", "after": "3"})
    assert steps(day) == ["welcome", "presentation", "collect", "sort", "break", *before[3:]]
    day.fay.post("~/console/agenda/5-break/move", {"way": "up"})
    day.fay.post("~/console/agenda/2-presentation/move", {"to": "4"})
    assert steps(day) == ["welcome", "collect", "break", "sort", "presentation", *before[3:]]
    day.fay.post("~/console/agenda/2-collect/move", {"to": "3"}, status=409)
    day.fay.post("~/console/agenda/1-welcome/move", {"to": "3"}, status=409)
    day.fay.post(f"~/console/agenda/{len(steps(day))}-wrap_up/move", {"way": "up"})
    day.fay.post("~/console/agenda/3-break/remove", {})
    day.fay.post("~/console/agenda/2-collect/remove", {}, status=409)
    assert steps(day) == ["welcome", "collect", "sort", "presentation", *before[3:]]


def test_what_is_over_stays_where_it_was(day: Day) -> None:
    day.fay.post("~/console/agenda", {"key": "break", "after": "0"})
    day.until("sort")
    day.fay.post("~/console/agenda/2-break/remove", {}, status=409)
    day.fay.post("~/console/agenda", {"key": "presentation", "after": "0"})
    assert steps(day)[3:5] == ["sort", "presentation"]


def test_a_break_on_the_way_is_named_by_what_it_ends(day: Day) -> None:
    day.fay.post("~/console/agenda", {"key": "break", "after": "1"})
    day.until("collect")
    amina = day.joins()
    assert "Close collecting and go to: Break" in day.fay.get("~/console").text
    day.next()
    assert "We go on when the time is up." in amina.get("~").text
    amina.post("~/ideas", {"title": "Too late", "kind": "gap"}, status=409)
    board = day.board().get("~/board").text
    assert '<h1 class="board-title">Break</h1>' in board


def test_a_break_after_scoring_closes_it_and_the_way_back_reopens_it(day: Day) -> None:
    with day.event() as event:
        score = [step.key for step in event.activities].index("score")
    day.fay.post("~/console/agenda", {"key": "break", "after": str(score)})
    day.scoring()
    amina = day.people[0]
    idea, *_ = day.idea_ids().values()
    assert amina.score(idea, "A", "4")["ok"]
    assert "Close scoring and go to: Break" in day.fay.get("~/console").text
    day.next()
    assert amina.score(idea, "A", "5")["why"] == "closed"
    assert day.back(confirmation=title(day)).status_code == 303
    assert amina.score(idea, "A", "5")["ok"]


def title(day: Day) -> str:
    with day.event() as event:
        return str(event.title["en"])


def test_a_step_put_in_or_taken_out_makes_older_buttons_too_late(day: Day) -> None:
    """Fay sees “Start the break”; a second host takes the break out. Her press must not open scoring instead."""
    day.fay.post("~/console/agenda", {"key": "break", "after": "2"})
    day.collects(["A van"]).until("sort")
    assert "Start the break" in day.fay.get("~/console").text
    seen = day.version
    day.fay.post("~/console/agenda/4-break/remove", {})
    day.fay.post("~/console/next", {"version": seen}, status=409)
    with day.event() as event:
        assert event.activity.key == "sort"


def test_a_minute_more_in_a_break_belongs_to_the_break(day: Day) -> None:
    day.fay.post("~/console/agenda", {"key": "break", "after": "1"})
    day.until("collect")
    day.fay.post("~/console/timer/close-at-zero", {"wanted": "yes"})
    with day.event() as event:
        assert event.strike(event.version, at=event.timer_ends_at or now())
        db.session.commit()
    day.fay.post("~/console/timer/stretch", {"minutes": "1"})
    with day.event() as event:
        assert event.activity.key == "break"


def test_paper_comes_in_and_the_wall_is_read_whatever_stands_between_the_steps(day: Day) -> None:
    day.fay.post("~/console/agenda", {"key": "presentation", "after": "0"})
    day.fay.post("~/console/agenda", {"key": "break", "after": "2"})
    day.open_doors()
    amina = day.joins()
    day.until("collect").collects(["A van"])
    day.back()
    assert "A van" not in amina.get("~/ideas").text, "ideas are written in silence first"
    day.until("break")
    assert "A van" in amina.get("~/ideas").text
    scribe = day.invites("scribe")
    scribe.post("~/console/scribe/ideas", {"title": "From paper", "kind": "gap", "channel": "paper"})
    assert "From paper" in day.idea_ids()


# --- privacy ---


def notice(event: Event, **changed: str) -> dict[str, str]:
    sent = {f"notice-{tag}": words for tag, words in event.notice.items()}
    sent |= {f"secrecy-{tag}": words for tag, words in event.secrecy.items()}
    return sent | {name.replace("__", "-"): words for name, words in changed.items()}


def test_the_notice_is_the_hosts_until_somebody_could_read_it(day: Day) -> None:
    with day.event() as event:
        sent = notice(event, notice__en="What we collect. Ideas.\n\nQuestions. The clerk.", announces_ballots="y")
    day.fay.post("~/console/privacy", sent)
    day.open_doors()
    assert "Questions. The clerk." in day.browser().get("~").text
    late = day.fay.post("~/console/privacy", sent | {"notice-en": "Something else."}, status=409).text
    assert "people joined on these words" in late
    assert '<p class="as-written" dir="auto">Something else.</p>' in late
    with day.event() as event:
        assert event.announces_ballots
        assert event.notice["en"].endswith("The clerk.")


def test_a_notice_in_no_language_is_refused(day: Day) -> None:
    with day.event() as event:
        sent = notice(event)
    nothing = {name: "" for name in sent if name.startswith("notice-")}
    assert "must be able to read" in day.fay.post("~/console/privacy", sent | nothing, status=400).text


def test_ideas_reach_the_wall_as_the_host_says(day: Day) -> None:
    day.fay.post("~/console/privacy/moderation", {"how": "show-at-once"})
    day.fay.post("~/console/privacy/moderation", {"how": "never"}, status=400)
    with day.event() as event:
        assert event.moderation == "show-at-once"


# --- check ---


def checks(day: Day) -> dict[str, bool]:
    """Every sentence of the list, and whether it is done."""
    page = day.fay.get("~/console/check").text
    found = re.findall(r'<span class="hidden-visually">(Done|Open): </span>([^<]+)', page)
    return {words.strip(): state == "Done" for state, words in found}


def test_the_list_says_what_is_open_and_what_is_done(day: Day) -> None:
    said = checks(day)
    assert said["Everything is said in every language of the event."]
    assert not said["The place is not said yet."]
    assert not said["Nobody has tried to join yet."]
    assert said["There is a link for the computer at the projector."]
    with day.event() as event:
        sent = basics(event, place="Town hall", title__fr="", starts_on="2031-01-01")
    day.fay.post("~/console/basics", sent)
    raw = picture(colour="#fafafa")
    day.fay.post("~/console/convenors", {"name": "Pale & Co", "logo": (io.BytesIO(raw), "pale.png")})
    said = checks(day)
    assert said["Day and place are set."]
    assert not said["1 text is missing in a language."]
    assert not said["The logo of “Pale &amp; Co” is so pale that nobody sees it on white."]


def test_a_trial_comes_in_as_a_rehearsal_and_nothing_of_it_stays(day: Day) -> None:
    page = day.fay.post("~/console/check/trial", {}, status=200).text
    token = re.findall(r"rehearsal=([\w-]+)", page)[0]
    phone = day.browser()
    assert f'value="{token}"' in phone.get(f"~?rehearsal={token}").text
    phone.post("~", {"rehearsal": token})
    assert "1 phone has joined." in day.fay.get("~/console/check").text
    day.browser().post("~", {"rehearsal": "guessed"}, status=403)
    day.fay.post("~/console/check/trial/end", {})
    with day.event() as event:
        assert event.count_people() == 0
        assert not event.is_rehearsal
    assert checks(day)["Joining was tried, and it worked."]


def test_once_somebody_has_joined_there_is_no_trial(day: Day) -> None:
    day.open_doors().joins()
    assert "cannot be rehearsed any more" in day.fay.post("~/console/check/trial", {}, status=409).text


# --- preview ---


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_preview_is_the_real_page_and_leaves_nothing_behind(day: Day, language: str) -> None:
    with day.event() as event:
        before = (event.revision, event.log_head, event.position)
    shown = day.fay.get("~/console/preview").text
    screens = re.findall(r"screen=(\w+)&amp;language=en\"[^>]*dir", shown)
    assert screens == ["join", "welcome", "collect", "score", "idea", "wrap_up"]
    for screen in screens:
        page = day.fay.get(f"~/console/preview/phone/{screen}?language={language}")
        assert f'<html lang="{language}"' in page.text
        assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
        assert "<script" not in page.text
    for view in ("lobby", "wall", "criteria", "progress"):
        assert f'<html lang="{language}"' in day.fay.get(f"~/console/preview/board/{view}?language={language}").text
    with day.event() as event:
        assert (event.revision, event.log_head, event.position) == before
        assert event.count_people() == 0
    assert day.idea_ids() == {}
    day.open_doors()
    assert "An idea from the room" not in day.joins().get("~").text


def test_only_the_console_previews_and_only_what_there_is(day: Day) -> None:
    day.browser().get("~/console/preview/phone/score", status=403)
    day.fay.get("~/console/preview/phone/reveal", status=404)
    day.fay.get("~/console/preview/board/heatmap", status=404)


@pytest.mark.parametrize("tag", OFFERED)
def test_an_event_is_previewed_in_any_language_that_it_may_have(day: Day, tag: str) -> None:
    day.fay.post("~/console/languages", {"main": tag, "spoken": [tag]})
    own = tag if tag in INTERFACE else "en"
    for device, named in (("phone", own), ("board", tag)):
        first = day.fay.get(f"~/console/preview?as={device}").text
        assert f'?language={named}" title="Preview"' in first
        for screen in set(re.findall(r"screen=(\w+)", first)):
            page = day.fay.get(f"~/console/preview/{device}/{screen}?language={tag}").text
            assert f'<html lang="{own}"' in page


def test_a_board_is_previewed_in_a_language_that_the_interface_does_not_have(day: Day) -> None:
    day.fay.post("~/console/languages", {"main": "en", "spoken": ["en", "fa-AF"]})
    with day.event() as event:
        sent = basics(event, **{"title__fa-AF": "روز برنامه‌ریزی"})
    day.fay.post("~/console/basics", {name: words for name, words in sent.items() if name[-2:] not in ("fr", "ar")})
    page = day.fay.get("~/console/preview/board/lobby?language=fa-AF").text
    assert '<span lang="fa-AF" dir="rtl">روز برنامه‌ریزی</span>' in page


def test_one_idea_is_previewed_where_ideas_are_dealt(day: Day) -> None:
    day.fay.post("~/console/length", {"how": "deal", "cut_to": "", "per_person": "1"})
    page = day.fay.get("~/console/preview/phone/idea").text
    assert "An idea from the room" in page or "Another idea" in page  # which of them is dealt is left to chance
    day.scoring("Evening classes", "A van", "A number to call")
    page = day.fay.get("~/console/preview/phone/idea").text
    assert any(title in page for title in day.idea_ids())


def test_one_idea_is_previewed_where_the_first_ones_are_on_no_ballot(day: Day) -> None:
    day.collects(["Evening classes", "A van", "A number to call"])
    with day.event() as event:
        for title in ("Evening classes", "A van"):
            db.session.scalars(event.ideas.select().where(Idea.title == title)).one().is_cut = True
        db.session.commit()
    assert "A number to call" in day.fay.get("~/console/preview/phone/idea").text


def test_an_archived_event_says_that_there_is_no_phone_to_show(day: Day) -> None:
    with day.event() as event:
        event.archive(by=FAY)
        db.session.commit()
    for path in ("", "/phone/join", "/phone/idea", "/phone/welcome"):
        assert "nobody comes in any more" in day.fay.get(f"~/console/preview{path}", status=409).text
    for view in re.findall(r"screen=(\w+)", day.fay.get("~/console/preview?as=board").text):
        day.fay.get(f"~/console/preview/board/{view}")
