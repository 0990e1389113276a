"""Scoring: when it opens and closes, and who keeps out of which idea."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select, update

from facilitate.errors import N_, NotNow
from facilitate.models.ballot import Ballot
from facilitate.models.ballot_version import first_round
from facilitate.models.base import now
from facilitate.models.closing import closing_hash, still_holds
from facilitate.models.day.freezing import Freezing
from facilitate.models.day.voting import Voting
from facilitate.models.dealing import deal, deal_to_all, is_hand_done
from facilitate.models.idea import Idea
from facilitate.models.log import Actor, LogEntry
from facilitate.models.people import Participant, link
from facilitate.models.score import Recusal, Score

MORE = 5
"""Ideas for somebody who has scored the whole hand and would like to go on."""


class Scoring(Voting, Freezing):
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
            self.freeze(by=by)
            self.scoring_opened_at = now()
        self.closing_hash = ""
        self.recuse(self.database.scalars(self.participants.select()), candidates)
        self.deal()
        self.record("scoring.opened", by=by, ideas=len(candidates), criteria=len(self.criteria))

    def candidates(self) -> list[Idea]:
        return list(self.database.scalars(self.ideas.select().where(Idea.state == "shown", ~Idea.is_cut)))

    def take_in(self, idea: Idea) -> None:
        """An idea that comes once scoring has opened: whoever must not score it is kept out, all others are dealt it.

        Where nobody could answer it before, it belongs to the round that is open. While scoring is closed, ballots stay
        as they are; reopening takes it in.
        """
        if self.closing_hash:
            idea.is_late = True
            return
        answered = select(Score.idea_id).where(Score.idea_id == idea.id, Score.round >= self.first_round)
        if self.database.scalar(answered.limit(1)) is None:
            idea.round = self.round
        self.recuse(self.database.scalars(self.participants.select()), [idea])
        if self.per_person:
            deal_to_all(self._written(), self.id, idea.id)

    def deal(self, ballots: Collection[Ballot] | None = None) -> None:
        """Deal everybody (or these ballots) as many ideas as the event wants each person to score."""
        if self.per_person:
            database = self._written()
            ids = None if ballots is None else {ballot.id for ballot in ballots}
            deal(database, self.id, self.round, self.per_person, ids)

    def deal_more(self, ballot: Ballot) -> None:
        """Some more for a ballot that has answered all it was dealt. Asked twice, it is dealt once."""
        if not self.per_person or not self.is_scoring:
            raise NotNow()
        database = self._written()
        if is_hand_done(database, self.id, self.round, ballot.id):
            deal(database, self.id, self.round, 0, {ballot.id}, more=MORE)
            ballot.is_finished = False

    def _written(self) -> Connection:
        """The connection of this transaction, with everything on it that was done so far."""
        self.database.flush()
        return self.database.connection()

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

    # --- rounds ---

    @property
    def first_round(self) -> int:
        return self.database.scalar(first_round(self.id)) or 1

    @property
    def is_scoring_again(self) -> bool:
        """Is this a later round, for marked ideas only?"""
        return self.is_scoring and self.round > self.first_round

    def _open_round(self, ideas: list[Idea], *, by: Actor) -> None:
        """The next round, for these ideas; all others keep the one they have."""
        self.round += 1
        self.record(
            "scoring.again",
            by=by,
            round=self.round,
            ideas=len(ideas),
            rounds={idea.public_id: idea.round for idea in ideas},
        )
        for idea in ideas:
            idea.round, idea.is_marked = self.round, False
        self._begin_round()

    def _leave_round(self, *, by: Actor) -> None:
        """Back to the round before, with the ideas of this one marked again. What people sent stays with its round."""
        opened = self.database.scalars(
            self.log.select().where(LogEntry.action == "scoring.again").order_by(LogEntry.number.desc())
        )
        before = next(entry.data["rounds"] for entry in opened if entry.data["round"] == self.round)
        self.record("scoring.again_left", by=by, round=self.round)
        for idea in self.database.scalars(self.ideas.select().where(Idea.round == self.round)):
            idea.round, idea.is_marked = before.get(idea.public_id, self.round - 1), True
        self.round -= 1

    def _begin_round(self) -> None:
        """Nobody has finished, and every hand is filled up."""
        self.database.execute(update(Ballot).where(Ballot.event_id == self.id).values(is_finished=False))
        self.deal()

    def close_scores(self) -> str:
        """The closing hash of all that counts: whoever changes it later is found out."""
        self.database.execute(update(Ballot).where(Ballot.event_id == self.id, Ballot.is_late).values(is_late=False))
        return self._seal()

    def reopen_scores(self) -> None:
        """Let people score again; also ideas that were put on the wall in between."""
        self.closing_hash = ""
        candidates = self.candidates()
        self.recuse(self.database.scalars(self.participants.select()), candidates)
        for idea in candidates:
            if idea.is_late:
                self.take_in(idea)

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
