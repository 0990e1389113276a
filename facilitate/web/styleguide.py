"""The living page of the design: tokens and components as they are now, in both themes. For development only."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response

from facilitate.access import allows
from facilitate.web.assets import FOLDER
from facilitate.web.pages import page

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")

STEPS = ("step--1", "step-0", "step-1", "step-2", "step-3", "step-4")
GAPS = ("gap-1", "gap-2", "gap-3", "gap-4", "gap-5", "gap-6", "gap-7")


@lru_cache
def colours() -> tuple[str, ...]:
    """Every token of the style sheet that is a colour."""
    tokens = (FOLDER / "css" / "tokens.css").read_text(encoding="utf-8")
    return tuple(re.findall(r"--([\w-]+): (?:light-dark\(|#)", tokens))


@bp.get("")
@allows("use the interface")
def show() -> Any:
    return page("home/styleguide.html", colours=colours(), steps=STEPS, gaps=GAPS)


@bp.get("/samples.css")
@allows("use the interface")
def samples() -> Response:
    """One rule for each sample: the policy allows no inline style, and the list follows the tokens by itself."""
    rules = [f'[data-colour="{name}"] {{ background: var(--{name}) }}' for name in colours()]
    rules += [f'[data-step="{name}"] {{ font-size: var(--{name}) }}' for name in STEPS]
    rules += [f'[data-gap="{name}"] {{ inline-size: var(--{name}) }}' for name in GAPS]
    return Response("@layer components {\n" + "\n".join(rules) + "\n}\n", mimetype="text/css")
