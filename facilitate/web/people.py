"""Who is in, and the links that give a role in the event."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request

from facilitate.access import allows, by
from facilitate.errors import NotFound
from facilitate.extensions import db
from facilitate.forms.house import EmptyForm, insist
from facilitate.forms.people import ROLE_HINTS, ROLES, InviteForm
from facilitate.models import Capability, Event, now
from facilitate.pulse import send_away
from facilitate.queries import console as shown
from facilitate.web import invitation
from facilitate.web.console import frame
from facilitate.web.pages import page

bp = Blueprint("people", __name__, url_prefix="/<code:code>")


@bp.get("/console/people")
@allows("watch the console")
def people(event: Event) -> Any:
    return _page(event)


def _page(event: Event, new_link: str | None = None) -> Any:
    return page(
        "console/people.html",
        groups=shown.joined_by_group(event),
        links=shown.links(event),
        admission=shown.admission(event),
        form=InviteForm(),
        roles=dict(ROLES),
        role_hints=ROLE_HINTS,
        new_link=new_link,
        join_url=invitation.join_url(event),
        **frame(event),
    )


@bp.post("/console/links")
@allows("invite people")
def invite(event: Event) -> Any:
    """A new link for one role. Its address is shown this once: only its hash is kept."""
    form = InviteForm(request.form)
    insist(form)
    link, token = Capability.grant(event.id, form.role.data, form.label.data or "")
    db.session.add(link)
    event.record("link.made", by=by(), role=link.role)
    db.session.commit()
    return _page(event, new_link=f"{invitation.join_url(event)}/enter/{token}")


@bp.post("/console/links/<link_id>/revoke")
@allows("invite people")
def revoke(event: Event, link_id: str) -> Any:
    insist(EmptyForm(request.form))
    link = db.session.scalar(
        db.select(Capability).where(Capability.event_id == event.id, Capability.public_id == link_id)
    )
    if link is None:
        raise NotFound()
    if link.revoked_at is None:
        link.revoked_at = now()
        event.record("link.revoked", by=by(), role=link.role)
    db.session.commit()
    send_away(f"capability:{link.public_id}")
    return redirect(f"/{event.code}/console/people", 303)
