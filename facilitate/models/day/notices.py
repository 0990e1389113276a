"""Notices: what people are told about their data before they join, and what the hosts promise them."""

from __future__ import annotations

from typing import Any

from facilitate.errors import N_, Invalid, NotNow
from facilitate.models.day.design import Design
from facilitate.models.log import Actor

PROMISED = ("notice", "secrecy", "announces_ballots")


class Notices(Design):
    """Settled before anybody reads it."""

    __abstract__ = True

    def inform(self, *, by: Actor, **said: Any) -> None:
        """Change any of `PROMISED`; not once people could have read it, for they joined on these words."""
        said |= {name: self.reworded(getattr(self, name), said[name]) for name in ("notice", "secrecy") if name in said}
        changed = [name for name in PROMISED if name in said and said[name] != getattr(self, name)]
        if not changed:
            return
        self.refuse_once_read()
        if not all(said.get(name, True) for name in ("notice", "secrecy")):
            raise Invalid(N_("People must be able to read this in one language at least."))
        for name in changed:
            setattr(self, name, said[name])
        self.record("notice.changed", by=by, fields=changed)

    def refuse_once_read(self) -> None:
        if self.has_let_in:
            raise NotNow(N_("The doors were opened, and people joined on these words. They stay as they are."))
