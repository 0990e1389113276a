"""Scoring: when it opens and closes, and who keeps out of which idea."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import update

from facilitate.errors import N_, NotNow
from facilitate.models.ballot import Ballot
from facilitate.models.base import now
from facilitate.models.closing import closing_hash, still_holds
from facilitate.models.day.collecting import Collecting
from facilitate.models.idea import Idea
from facilitate.models.log import Actor
from facilitate.models.people import Participant, link
from facilitate.models.score import Recusal


class Scoring(Collecting):
    """The line between open and closed, and recusals."""

    __abstract__ = True

    def refuse_while_scoring(self) -> None:
        if self.is_scoring:
            raise NotNow(N_("Not while people are scoring. Close scoring first, then it can be changed."))

    def refuse_once_scoring_opened(self) -> None:
        if self.has_opened_scoring:
            raise NotNow(N_("Scoring has begun: ideas stay as they are from here on."))

    def open_scoring(self, *, by: Actor) -> None:
        candidates = self.candidates()
        if not candidates:
            raise NotNow(N_("There is no idea on the wall yet, so there is nothing to score."))
        if not self.has_opened_scoring:
            self.scoring_opened_at = now()
        self.closing_hash = ""
        self.recuse(self.database.scalars(self.participants.select()), candidates)
        self.record("scoring.opened", by=by, ideas=len(candidates), criteria=len(self.criteria))

    def candidates(self) -> list[Idea]:
        return list(self.database.scalars(self.ideas.select().where(Idea.state == "shown")))

    def recuse_for(self, idea: Idea) -> None:
        """Keep everybody out of one (late) idea who must not score it. Closed ballots stay as they are."""
        if not self.closing_hash:
            self.recuse(self.database.scalars(self.participants.select()), [idea])

    def recuse(self, people: Iterable[Participant], ideas: list[Idea]) -> None:
        """Write into the ballots who stays out of which idea: its author, and people of the organization it names."""
        if self.key is None:
            return
        by_author: dict[str, list[Idea]] = {}
        by_organization: dict[int, list[Idea]] = {}
        for idea in ideas:
            if idea.author and idea.kind.own_organization:
                by_author.setdefault(idea.author, []).append(idea)
            if idea.organization_id and idea.kind.own_organization:
                by_organization.setdefault(idea.organization_id, []).append(idea)
        for person in people:
            authored = by_author.get(link(self.key, "author", person), []) if by_author else []
            own = by_organization.get(person.organization_id or 0, [])
            if not authored and not own:
                continue
            ballot = self.ballot_of(person)
            if ballot is None:
                continue
            for idea in own:
                self.database.merge(Recusal(ballot_id=ballot.id, idea_id=idea.id, why="organization"))
            for idea in authored:
                self.database.merge(Recusal(ballot_id=ballot.id, idea_id=idea.id, why="author"))

    def close_scores(self) -> str:
        """The closing hash of all that counts: whoever changes it later is found out."""
        self.database.execute(update(Ballot).where(Ballot.event_id == self.id, Ballot.is_late).values(is_late=False))
        return self._seal()

    def reopen_scores(self) -> None:
        """Let people score again; also ideas that were put on the wall in between."""
        self.closing_hash = ""
        self.recuse(self.database.scalars(self.participants.select()), self.candidates())

    @contextmanager
    def resealed(self) -> Iterator[dict[str, str]]:
        """Change a closed ballot and take the hash anew: it is in what is given once the change is done.

        Refused where something was changed behind our back: a new hash would cover that up.
        """
        if not still_holds(self.database, self):
            raise NotNow(N_("The scores are not what they were when scoring closed. Ask whoever runs the server."))
        sealed: dict[str, str] = {}
        yield sealed
        sealed["closing_hash"] = self._seal()

    def _seal(self) -> str:
        self.closing_hash = closing_hash(self.database, self)
        return self.closing_hash

    def ballot_of(self, person: Participant) -> Ballot | None:
        if self.key is None:
            return None
        return self.database.scalar(self.ballots.select().where(Ballot.link == link(self.key, "ballot", person)))
