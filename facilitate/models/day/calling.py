"""Calling: what the room put first becomes the annex of a Call for Proposals."""

from __future__ import annotations

from collections.abc import Mapping

from facilitate.errors import N_, NotNow
from facilitate.models.call_entry import FIELDS, CallEntry
from facilitate.models.day.chronicle import Chronicle
from facilitate.models.idea import Idea
from facilitate.models.log import Actor


class Calling(Chronicle):
    """One entry per shortlisted idea."""

    __abstract__ = True

    def prepare_call(self, idea: Idea, said: Mapping[str, str], *, by: Actor) -> None:
        """Write what the call says of an idea. The log names the fields that changed, and not what they say."""
        if not self.is_revealed:
            raise NotNow(N_("A call is prepared once the results have been revealed."))
        if not idea.is_shortlisted:
            raise NotNow(N_("This idea is not on the shortlist any more."))
        entry = self.database.get(CallEntry, idea.id)
        if entry is None:
            entry = CallEntry(idea_id=idea.id, **dict.fromkeys(FIELDS, ""))
            self.database.add(entry)
        changed = [name for name in FIELDS if getattr(entry, name) != said[name]]
        for name in changed:
            setattr(entry, name, said[name])
        if changed:
            self.record("call.prepared", by=by, subject=idea.public_id, fields=", ".join(changed))
