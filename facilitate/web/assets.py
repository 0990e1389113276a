"""Static files under an address that names their content: browsers may keep them for ever."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Blueprint, Flask, Response, current_app, request, send_from_directory

from facilitate.access import allows

FOLDER = Path(__file__).parent.parent / "static"
WORKER = "js/worker.js"
"""It stands in for pages, which are above its own folder."""
FOR_EVER = 365 * 24 * 3600
bp = Blueprint("assets", __name__)


def init_app(app: Flask) -> None:
    app.config["ASSETS"] = _version()
    app.jinja_env.globals["static"] = address
    app.register_blueprint(bp)


def address(path: str) -> str:
    """Where browsers find a file."""
    return f"/static/{current_app.config['ASSETS']}/{path}"


def _version() -> str:
    """A short hash over names and contents of all static files; relative imports and url() inherit it."""
    digest = hashlib.sha256()
    for file in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(str(file.relative_to(FOLDER)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@bp.get("/static/<version>/<path:path>")
@allows("use the interface")
def file(version: str, path: str) -> Response:
    response = _file(path)
    if path == WORKER:
        response.headers["Service-Worker-Allowed"] = "/"
    return response


def _file(path: str) -> Response:
    packed = _packed(path) if request.accept_encodings["br"] else None
    if packed is None:
        return send_from_directory(FOLDER, path, max_age=FOR_EVER)
    response = Response(packed, mimetype=mimetypes.guess_type(path)[0])
    response.headers.update({"Content-Encoding": "br", "Cache-Control": f"public, max-age={FOR_EVER}, immutable"})
    response.headers["Vary"] = "Accept-Encoding"
    return response


@lru_cache(maxsize=200)
def _packed(path: str) -> bytes | None:
    """A text file of ours, compressed once as small as it gets; None for anything else."""
    file = FOLDER / path
    if file.suffix not in (".css", ".js", ".svg") or not file.resolve().is_relative_to(FOLDER) or not file.is_file():
        return None
    packed: bytes = brotli.compress(file.read_bytes(), quality=9)
    return packed
