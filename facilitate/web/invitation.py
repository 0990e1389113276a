"""How people find the event: the address they type and the QR they scan."""

from __future__ import annotations

import io
from functools import lru_cache
from urllib.parse import urlsplit

import segno
from flask import current_app, request
from markupsafe import Markup

from facilitate.models import Event


def public_url() -> str:
    """The address of this server as people reach it, without a slash at the end."""
    return str(current_app.config["PUBLIC_URL"] or request.host_url).rstrip("/")


def short_address() -> str:
    """What people type: the address without its scheme."""
    parts = urlsplit(public_url())
    return parts.netloc + parts.path


def join_url(event: Event) -> str:
    return f"{public_url()}/{event.code}"


def qr(event: Event) -> Markup:
    """The join address as a square to scan."""
    return square(join_url(event))


@lru_cache(maxsize=500)
def square(address: str) -> Markup:
    """An address as an SVG of dark modules; the page puts it on a white plate."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, svgclass="qr-code", lineclass=None
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - our own drawing of our own address
