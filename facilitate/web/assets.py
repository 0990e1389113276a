"""Static files under an address that names their content: browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, Flask, Response, send_from_directory

from facilitate.access import allows

FOLDER = Path(__file__).parent.parent / "static"
bp = Blueprint("assets", __name__)


def init_app(app: Flask) -> None:
    version = app.config["ASSETS"] = _version()
    app.jinja_env.globals["static"] = lambda path: f"/static/{version}/{path}"
    app.register_blueprint(bp)


def _version() -> str:
    """A short hash over names and contents of all static files; relative imports and url() inherit it."""
    digest = hashlib.sha256()
    for file in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(FOLDER)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@bp.get("/static/<version>/<path:path>")
@allows("use the interface")
def file(version: str, path: str) -> Response:
    return send_from_directory(FOLDER, path, max_age=365 * 24 * 3600)
