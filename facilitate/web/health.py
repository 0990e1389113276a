"""Is the server well? For whoever watches it."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from facilitate import journal, live, metrics
from facilitate.access import allows
from facilitate.database import note_failure
from facilitate.extensions import db
from facilitate.keeper import Keeper
from facilitate.models import Event

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Every answer is measured, from before anything else looks at the request."""
    app.before_request(begin)
    app.after_request(measure)
    app.teardown_request(end)


def begin() -> None:
    g.began = perf_counter()
    journal.new_request()


def measure(response: Response) -> Response:
    metrics.pages.labels(f"{response.status_code // 100}xx").observe(perf_counter() - g.began)
    return response


def end(_error: BaseException | None) -> None:
    """What runs in this thread afterwards belongs to no request."""
    journal.request_id.set("")


@bp.get("/healthz")
@allows("check health")
def healthz() -> Any:
    try:
        db.session.scalar(select(Event.id).limit(1))
    except SQLAlchemyError as error:
        note_failure("the database cannot be read", error)
        return {"ok": False, "wrong": ["the database cannot be read"]}, 503, {"Retry-After": "2"}
    return {"ok": True}


@bp.get("/metrics")
@allows("read the metrics")
def read_metrics() -> Any:
    metrics.sockets.set(live.open_sockets())
    metrics.socket_cap.set(current_app.config["SOCKET_CAP"])
    metrics.waiting.set(len(live.writer().waiting))
    metrics.disk_free.set(current_app.extensions["machine"].free)
    age = Keeper(current_app).age()
    metrics.backup_age.set(-1 if age is None else age)
    metrics.build.labels(current_app.config["VERSION"]).set(1)
    return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)
