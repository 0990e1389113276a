"""The agenda: one activity after the other, and the way back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from facilitate.activities import ACTIVITIES
from facilitate.errors import N_, MovedOn, NotNow
from facilitate.models.ballot import Ballot
from facilitate.models.base import now
from facilitate.models.day.scoring import Scoring
from facilitate.models.hand import Hand
from facilitate.models.idea import Idea
from facilitate.models.log import Actor


class Agenda(Scoring):
    """Moving the day, by compare and set: a button says which step it saw."""

    __abstract__ = True

    def move_on(self, version: int, *, by: Actor) -> None:
        """Close the current activity and open the next one."""
        self._saw(version)
        if self.following is None:
            raise NotNow(N_("This is the last activity of the agenda."))
        if self.activity.key == "vote":
            self.close_vote(by=by)
        if self.following.key == "score":
            self.open_scoring(by=by)
        self._leave(by=by)
        self.position += 1
        self._arrive("activity.opened", by=by)

    def move_back(self, version: int, *, by: Actor) -> None:
        """Go back one step; everything people sent stays. Reopened scoring hides the results again."""
        self._saw(version)
        if self.is_revealed and self.activity.key == "reveal":
            self.hide_results(by=by)
            return
        if self.preceding is None:
            raise NotNow(N_("This is the first activity of the agenda."))
        if self.is_scoring_again:
            self._back_to_results(by=by)
            return
        self._leave(by=by)
        self.position -= 1
        if self.is_scoring:
            self.revealed_at = None
            self.reopen_scores()
            self.record("scoring.reopened", by=by)
        self._return(by=by)

    def begin_anew(self, version: int, *, by: Actor) -> None:
        """Let the ballot be changed after all: back to before scoring, which then starts in a round of its own.

        What was answered stays with the ballot it was answered on, and does not count any more.
        """
        self._saw(version)
        if not self.has_opened_scoring:
            raise NotNow(N_("Scoring has not opened yet, so the ballot can simply be changed."))
        if self.is_revealed:
            raise NotNow(N_("The results are revealed. Hide them first; then scoring can begin anew."))
        self._leave(by=by)
        self.round += 1
        self.scoring_opened_at, self.closing_hash, self.results_seen = None, "", False
        afresh = {"round": self.round, "is_late": False, "is_marked": False}
        self.database.execute(update(Idea).where(Idea.event_id == self.id).values(**afresh))
        mine = Ballot.event_id == self.id
        self.database.execute(delete(Hand).where(Hand.ballot_id.in_(select(Ballot.id).where(mine))))
        self.database.execute(update(Ballot).where(mine).values(is_finished=False))
        self.record("scoring.anew", by=by, round=self.round)
        self.position = [activity.key for activity in self.activities].index("score") - 1
        self._return(by=by)

    def _return(self, *, by: Actor) -> None:
        if self.activity.key == "vote":
            self.reopen_vote(by=by)
        self._arrive("activity.reopened", by=by)

    def score_again(self, version: int, *, by: Actor) -> None:
        """Open the next round, for the marked ideas alone. Results are hidden again; all rounds are kept."""
        self._saw(version)
        if not self.has_closed_scoring:
            raise NotNow(N_("Close scoring first: only then can ideas be scored again."))
        marked = [idea for idea in self.candidates() if idea.is_marked]
        if not marked:
            raise NotNow(N_("No idea is marked yet. Mark the ideas that are to be scored again first."))
        self._leave(by=by)
        self.position = max(each.position for each in self.activities[: self.position] if each.key == "score")
        self.revealed_at, self.closing_hash = None, ""
        self._open_round(marked, by=by)
        self.reopen_scores()
        self._arrive("activity.reopened", by=by)

    def _back_to_results(self, *, by: Actor) -> None:
        """The round was opened by a slip: the results of the one before stand again, hidden until they are revealed."""
        self._leave_round(by=by)
        self._leave(by=by)
        self.position += 1
        self._arrive("activity.reopened", by=by)

    def call_together(self, version: int, *, by: Actor) -> None:
        """Ask every phone to come to what is open now. The day itself stays as it is."""
        self._saw(version)
        self.record("phones.called", by=by, activity=self.activity.key)

    def _saw(self, version: int) -> None:
        if version != self.version:
            raise MovedOn()

    def _leave(self, *, by: Actor) -> None:
        self.activity.closed_at = now()
        if self.is_scoring:
            self.record("scoring.closed", by=by, closing_hash=self.close_scores())

    def _arrive(self, action: str, *, by: Actor) -> None:
        self.version += 1
        self.activity.opened_at, self.activity.closed_at = now(), None
        self._turn_board_to(None)
        self.is_qr_big = False
        minutes = self.activity.minutes if ACTIVITIES[self.activity.key].is_timed else None
        self.timer_ends_at = now() + timedelta(minutes=minutes) if minutes else None
        self.timer_left, self.timer_closes = None, False
        self.record(action, by=by, activity=self.activity.key)

    def reveal(self, version: int, *, by: Actor) -> None:
        """Show the results to the room. Pressed twice, it shows them once."""
        if self.is_revealed:
            return
        self._saw(version)
        if self.activity.key not in ("reveal", "wrap_up"):
            raise NotNow(N_("Close scoring first: until then there are no results for anybody."))
        self.revealed_at, self.results_seen = now(), True
        self.version += 1
        self._turn_board_to(None)
        self.record("results.revealed", by=by)

    def hide_results(self, *, by: Actor) -> None:
        if not self.is_revealed:
            return
        self.revealed_at, self.is_board_frozen = None, False
        self.version += 1
        self.record("results.hidden", by=by)
