"""One server at a time per instance: whoever serves holds a lock, and says in it where.

The system lets go of the lock when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

from facilitate.errors import Refusal

NAME = "serving.lock"


class AlreadyServing(Refusal):
    """A server runs on this instance."""


def hold(folder: Path, *, others_may: bool = False) -> BinaryIO:
    """Take the instance's lock for as long as the answer is kept; refused while somebody else has it.

    `others_may`: several processes serve one installation together, and share the lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = os.fdopen(os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if others_may else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        where = address(folder)
        raise AlreadyServing(
            f"facilitate is serving this instance{f' at {where}' if where else ''}. Please stop it first."
        ) from error
    return file


def announce(file: BinaryIO, local: str, public: str = "") -> None:
    """Leave a note for the other commands where this server answers: to them, and to people."""
    file.seek(0)
    file.truncate()
    file.write(f"{local}\n{public or local}".encode())


def address(folder: Path) -> str | None:
    """Where other commands on this machine reach the server of the instance, while one runs."""
    note = _note(folder)
    return note[0] if note else None


def public_address(folder: Path) -> str | None:
    """Where people reach it."""
    note = _note(folder)
    return note[-1] if note else None


def _note(folder: Path) -> list[str]:
    try:
        file = (folder / NAME).open("rb")
    except FileNotFoundError:
        return []
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # not even a shared one may be held
        except OSError:
            return file.read().decode().splitlines()
    return []
