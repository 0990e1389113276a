"""How large a test is: small in `make test`, as large as it should be in `make soak`."""

from __future__ import annotations

import os


def size(*, pr: int, soak: int) -> int:
    """The first number; the second when SOAK=1 is in the environment."""
    return soak if os.environ.get("SOAK") == "1" else pr
