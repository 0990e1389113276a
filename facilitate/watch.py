"""The watch: once a second, what changed outside this process that people in it must feel?

A link may have been revoked or an account reset by a command or by another process; their open pages end here. A disk
that has filled up is said at the consoles, although nothing could be recorded.
"""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from facilitate.database import only_reading
from facilitate.extensions import db
from facilitate.machine import Machine
from facilitate.models import Capability, SignIn, now
from facilitate.pulse import hall, nudge_consoles, send_away

EVERY = 1.0
"""Seconds between two looks."""


class Watch:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.machine: Machine = app.extensions["machine"]
        self.warned: list[str] = []

    def look(self) -> None:
        with self.app.app_context(), only_reading():
            for principal in self.ended():
                send_away(principal)
            warnings = self.machine.warnings()
            if warnings != self.warned:
                self.warned = warnings
                nudge_consoles()

    def ended(self) -> set[str]:
        """Accounts and links that sit here and no longer may. Where none sits, nothing is asked."""
        links, accounts = hall().behind("capability"), hall().behind("account")
        ended = links - self._links(links) if links else set()
        return {f"capability:{link}" for link in ended} | {
            f"account:{account}" for account in (accounts - self._accounts(accounts) if accounts else ())
        }

    @staticmethod
    def _links(asked: set[str]) -> set[str]:
        """Those of these links that work."""
        valid = select(Capability.public_id).where(Capability.public_id.in_(asked), Capability.revoked_at.is_(None))
        return set(db.session.scalars(valid))

    @staticmethod
    def _accounts(asked: set[str]) -> set[str]:
        """Those of these accounts that are signed in somewhere."""
        at = now()
        entries = db.session.scalars(select(SignIn).where(SignIn.facilitator_id.in_(map(int, asked))))
        return {str(entry.facilitator_id) for entry in entries if entry.is_valid(at)}
