"""How large an attack is: small in `make test`, larger in `make soak`."""

from __future__ import annotations

import os


def size(*, pr: int, soak: int) -> int:
    """The first for every change, the second where `SOAK=1` says that there is time."""
    return soak if os.environ.get("SOAK") == "1" else pr
