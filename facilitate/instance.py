"""The instance folder: what belongs to one installation. Made on first start, with its own secret."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from flask import Flask


def fill(app: Flask) -> None:
    """Make the folder and the secret key where they are missing, and read the key."""
    folder = Path(app.instance_path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = _read_or_make(folder / "secret_key").split()
    app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = keys[0], keys[1:]


def _read_or_make(file: Path) -> str:
    """One key a line, newest first; older ones still open what they signed."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w") as out:
        out.write(key + "\n")
    return key
