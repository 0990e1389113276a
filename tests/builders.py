"""Planning days played through the models' verbs, without pages: quick, for tests that need a room and its scores.

Fay hosts; Amina, Ben and whoever else is named take part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

from flask import Flask

from facilitate import exports, presets
from facilitate.ballots import ScoreWriter
from facilitate.exports import Content
from facilitate.extensions import db
from facilitate.models import Actor, Event, Evidence, Idea, Participant
from facilitate.models.casting import Change

FAY = Actor("host", label="Fay", channel="console")
SOMEBODY = Actor("participant")
NAMES = (
    "Amina",
    "Ben",
    "Chidi",
    "Dalia",
    "Émile",
    "Farah",
    "Goran",
    "Hodan",
    "Ines",
    "José",
    "Kim",
    "Lien",
    "Musa",
    "Nour",
)

Answers = Mapping[str, str | None]


def criterion(code: str, label: str, values: Sequence[str] = ("1", "2", "3", "4", "5"), **more: Any) -> dict[str, Any]:
    """A criterion as a preset describes it."""
    levels = [{"value": value, "label": {"en": f"level {value}", "fr": f"niveau {value}"}} for value in values]
    texts = {"statement": {"en": f"How about {label}?"}, "helper": {"en": "In plain words"}}
    return {"code": code, "label": {"en": label}, "levels": levels, **texts, **more}


THREE = (
    criterion("A", "Need", weight=2, evidence_expected=True),
    criterion("B", "Cost", ("0", "1", "2", "3"), lower_is_better=True, weight="0.5"),
    criterion("C", "Doable", ("0", "0.5", "1")),
)
"""Three criteria with weights, scales and directions of their own."""


class Play:
    """One event and its room. Every verb is committed; ideas go to the wall at once."""

    def __init__(
        self,
        app: Flask,
        *,
        criteria: Sequence[Mapping[str, Any]] = (),
        title: str = "",
        language: str = "",
        **columns: Any,
    ) -> None:
        self.app = app
        self.people: dict[str, int] = {}
        self.ballots: dict[str, str] = {}
        preset = presets.load("ircc-planning-day")
        with app.app_context():
            chosen = {**preset, "criteria": list(criteria) or preset["criteria"], "moderation": "show-at-once"}
            event = presets.new_event(db.session(), chosen, by=FAY, title=title, language=language)
            for name, value in columns.items():
                setattr(event, name, value)
            event.open_doors(by=FAY)
            self.id, self.code = event.id, event.code
            db.session.commit()

    @contextmanager
    def event(self) -> Iterator[Event]:
        """The event as the database has it; what is changed on it is committed."""
        with self.app.app_context():
            yield db.session.get_one(Event, self.id)
            db.session.commit()

    # --- what people do ---

    def joins(self, *names: str, group: str = "", organization: str = "", **said: Any) -> Play:
        with self.event() as event:
            for name in names:
                person, _ = event.welcome(
                    language="en", group=event.term("group", group), organization=organization, **said
                )
                ballot = event.ballot_of(person)
                assert ballot is not None
                self.people[name], self.ballots[name] = person.id, ballot.id
        return self

    def sends(
        self,
        title: str,
        *,
        name: str = "",
        kind: str = "gap",
        sector: str | None = None,
        evidence: Sequence[tuple[str, str, str]] = (),
        **more: Any,
    ) -> str:
        """An idea of `name` (or of nobody who is known), with (type, text, link) as evidence; returns its public id."""
        with self.event() as event:
            author = db.session.get(Participant, self.people[name]) if name else None
            term = event.term("kind", kind)
            assert term is not None
            by = author.actor if author else SOMEBODY
            idea = event.submit(title, term, by=by, author=author, sector=event.term("sector", sector), **more)
            for key, text, link in evidence:
                proof = event.term("evidence", key)
                assert proof is not None
                idea.evidence.append(Evidence(type=proof, text=text, link=link))
            return idea.public_id

    def scores(self, name: str, idea: str, answers: Answers) -> None:
        """`answers`: criterion to a level, "dont_know" or None; a new answer replaces the older one."""
        self._cast([self._change(name, idea, criterion, value) for criterion, value in answers.items()])

    def steps_aside(self, name: str, idea: str) -> None:
        self._cast([self._change(name, idea, None, "recused")])

    def everybody_scores(self, ideas: Sequence[str], names: Sequence[str] = (), *, seed: int = 1) -> None:
        """All (or these people) answer everything, the same way for the same seed; now and then somebody does not."""
        random = Random(seed)  # noqa: S311 - repeatable, not secret
        with self.event() as event:
            scales = {each.code: each.values for each in event.criteria}
        self._cast(
            [
                self._change(name, idea, code, random.choice([*values, *values, "dont_know", None]))
                for name in names or self.people
                for idea in ideas
                for code, values in scales.items()
            ]
        )

    def _change(self, name: str, idea: str, criterion: str | None, value: str | None) -> Change:
        return Change(self.id, self.ballots[name], idea, criterion, value, None)

    def _cast(self, changes: list[Change]) -> None:
        writer: ScoreWriter = self.app.extensions["score_writer"]
        with self.app.app_context():
            answers = writer.cast(changes)
        assert all(answer.ok for answer in answers), {answer.why for answer in answers}

    # --- what Fay does ---

    def until(self, key: str) -> Play:
        """Move the day on until this activity is open."""
        with self.event() as event:
            while event.activity.key != key:
                event.move_on(event.version, by=FAY)
        return self

    def reveals(self) -> Play:
        with self.event() as event:
            event.reveal(event.version, by=FAY)
        return self

    def goes_back(self) -> Play:
        with self.event() as event:
            event.move_back(event.version, by=FAY)
        return self

    def scores_again(self, *ideas: str) -> Play:
        """Marks these ideas, and opens the next round for them."""
        with self.event() as event:
            for idea in ideas:
                _known(event, idea).is_marked = True
            event.score_again(event.version, by=FAY)
        return self

    def splits(self, idea: str) -> None:
        with self.event() as event:
            _known(event, idea).split(by=FAY)

    def merges(self, idea: str, into: str) -> None:
        with self.event() as event:
            _known(event, idea).merge_into(_known(event, into), by=FAY)

    def sets_aside(self, idea: str, reason: str = "", note: str = "") -> None:
        with self.event() as event:
            _known(event, idea).hide(event.term("reason", reason), note, by=FAY)

    def takes_back(self, idea: str) -> None:
        with self.event() as event:
            _known(event, idea).withdraw(by=FAY)

    def content(self) -> Content:
        """What the export of this event is made of, now."""
        with self.event() as event:
            return exports.gather(event)


def _known(event: Event, idea: str) -> Idea:
    found = event.idea(idea)
    assert found is not None
    return found
