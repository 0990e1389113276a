"""`facilitate serve` with a defence taken out: the control of an attack, which must succeed here.

Started as `python weakened.py NAME+NAME serve …`. What is patched is what the attack's test is about, and nothing else.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
NAMES = sys.argv.pop(1).split("+")
sys.argv[0] = "facilitate"


from facilitate import access, ballots, early, frames, guesses, live, pulse, transport  # noqa: E402 - the command line had to be put right first
from facilitate.errors import Refusal  # noqa: E402
from facilitate.models.casting import Answer, Change  # noqa: E402
from facilitate.transport import Environ  # noqa: E402

assert early.is_serving()


def answers_before_it_writes() -> None:
    """Says "saved" when it has the score in its hand, and writes a moment later."""
    import gevent

    put = ballots.ScoreWriter.put

    def hasty(self: ballots.ScoreWriter, changes: list[Change], tell: ballots.Tell) -> None:
        tell([Answer(True, change.seq or 0) for change in changes])
        gevent.spawn_later(0.1, put, self, changes, lambda _answers: None)

    ballots.ScoreWriter.put = hasty  # type: ignore[method-assign]


def never_yields() -> None:
    """Reads a socket on and on while it has something to say, however much."""
    frames.Wire.recv = lambda self, size: self.connection.recv(size)  # type: ignore[method-assign]
    transport.Bucket.takes_one = lambda _self: True  # type: ignore[method-assign,assignment]
    transport.QUEUE = 10**9


def keeps_sockets() -> None:
    """Ends a right to be here without a word to its open sockets."""
    pulse.Pulse.send_away = lambda _self, _principal: None  # type: ignore[method-assign,assignment]


def waits_inside() -> None:
    """Lets a wrong code wait where it was noticed, with the write gate in its hands."""
    from flask import current_app, g

    wrong_code = guesses.wrong_code

    def waiting(missing: Refusal) -> Refusal:
        answer = wrong_code(missing)
        if g.pop("has_to_wait", False):
            time.sleep(current_app.config["GUESS_DELAY"])
        return answer

    access.wrong_code = waiting  # type: ignore[attr-defined]


def takes_everything() -> None:
    """Neither a limit of size nor a list of what may be said."""
    transport.MESSAGE_SIZE = live.MESSAGE_SIZE = 10**9  # type: ignore[attr-defined]
    transport.is_acceptable = lambda packet: isinstance(packet, str)


def lets_everybody_connect() -> None:
    """Does not ask where a socket comes from."""

    def trusting(_self: transport.TransportGuard, environ: Environ) -> None:
        environ.pop("HTTP_ORIGIN", None)

    transport.TransportGuard._refused = trusting  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    for name in NAMES:
        globals()[name]()
    from facilitate.cli import main

    main()
