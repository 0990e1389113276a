"""gevent must patch the standard library before anything else imports it; this is the first import of the package.

Only the commands that serve are patched: tests and exports run on plain threads.
"""

from __future__ import annotations

import gc
import sys
from functools import cache
from pathlib import Path

SERVING = ("serve", "demo")


@cache
def is_serving() -> bool:
    """Was this process started as `facilitate serve`, `facilitate demo` or `python -m facilitate serve`?"""
    return Path(sys.argv[0]).name in ("facilitate", "-m", "__main__.py") and sys.argv[1:2] in ([s] for s in SERVING)


if is_serving():
    from gevent import monkey

    monkey.patch_all()

gc.disable()  # what the imports make stays: to look through it again and again is a sixth of the whole start


def imports_are_over() -> None:
    """From here on things come and go, and what came so far is left alone."""
    gc.freeze()
    gc.enable()
