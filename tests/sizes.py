"""How large a test is: small in a pull request, larger with SOAK=1 in the environment."""

from __future__ import annotations

import os


def size(*, pr: int, soak: int) -> int:
    """The first, or the second where somebody has time."""
    return soak if os.environ.get("SOAK") == "1" else pr
