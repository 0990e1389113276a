"""The board: what the room sees on the wall."""

from __future__ import annotations

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.day.chronicle import BOARD_VIEWS, RESULT_VIEWS, Chronicle
from facilitate.models.log import Actor

FIGURES = {"mean": 0, "agreement": 0, "groups": 2, "idea": 1}
"""What the board can say about the criteria, and how many keys say about what or whom."""
LONGEST_FIGURE = 160


class Board(Chronicle):
    """What is projected."""

    __abstract__ = True

    def show_on_board(self, view: str | None, *, by: Actor) -> None:
        """Choose what the board shows, or let it follow the agenda again (None)."""
        if view is not None and view not in BOARD_VIEWS:
            raise Invalid()
        if view in RESULT_VIEWS:
            self._insist_on_the_reveal()
        self._turn_board_to(view)
        self.record("board.shows", by=by, view=view or "agenda")

    def blank_board(self, *, by: Actor) -> None:
        self.is_board_blank, self.is_board_frozen = not self.is_board_blank, False
        self.record("board.blanked" if self.is_board_blank else "board.unblanked", by=by)

    def enlarge_qr(self, *, by: Actor) -> None:
        self.is_qr_big, self.is_board_frozen = not self.is_qr_big, False
        self.record("board.qr", by=by, big=self.is_qr_big)

    def freeze_board(self, *, by: Actor) -> None:
        """Let the board stand still, or follow the room again. What is set aside leaves it all the same."""
        self.is_board_frozen = not self.is_board_frozen
        self.record("board.frozen" if self.is_board_frozen else "board.thawed", by=by)

    def replay_reveal(self, *, by: Actor) -> None:
        """Play the whole reveal once more, whatever the board shows now."""
        self._insist_on_the_reveal()
        self.replays += 1
        self._turn_board_to(self.board_view if self.view == "reveal" else "reveal")
        self.record("reveal.replayed", by=by)

    def say_about_criteria(self, figure: str, *, by: Actor) -> None:
        """Show the criteria on the board: their means, how far people agree, two groups compared, or one idea."""
        self._insist_on_the_reveal()
        kind, *about = figure.split("/")
        if FIGURES.get(kind) != len(about) or len(figure) > LONGEST_FIGURE:
            raise Invalid()
        self.board_figure = figure
        self.show_on_board("heatmap", by=by)

    def _insist_on_the_reveal(self) -> None:
        if not self.is_revealed:
            raise NotNow(N_("The results are not revealed yet."))

    def speak_on_board(self, language: str, *, second: str | None = None, by: Actor) -> None:
        """Choose the board's language, or two of them that say everything side by side."""
        if not {language, second or language} <= set(self.languages):
            raise Invalid()
        if language == second:
            raise Invalid(N_("The second language of the board is the same as the first."))
        self.board_language, self.board_second, self.is_board_frozen = language, second, False
        self.record("board.language", by=by, language=language, second=second or "")
