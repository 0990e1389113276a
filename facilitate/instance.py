"""The instance folder: what belongs to one installation. Made on first start, with its own secret."""

from __future__ import annotations

import contextlib
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
    """One key a line, newest first; older ones still open what they signed.

    It appears whole or not at all: several servers may start on one folder at the same time.
    """
    if not file.exists():
        key = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48) + "\n")
        with contextlib.suppress(FileExistsError):  # another server was quicker
            os.link(key, file)
        key.unlink()
    return file.read_text()
