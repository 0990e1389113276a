"""Is the server well? For whoever watches it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from sqlalchemy import text

from facilitate.access import allows
from facilitate.extensions import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@allows("check health")
def healthz() -> Any:
    db.session.execute(text("SELECT 1"))
    return {"ok": True}
