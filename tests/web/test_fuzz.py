"""Whatever is sent to whichever address by whomever: a clear answer, never a 5xx, never a stack trace (T19)."""

from __future__ import annotations

import json
import logging
import re
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facilitate import forms
from facilitate.extensions import db
from facilitate.forms.house import HouseForm
from facilitate.models import Facilitator
from facilitate.web.account import hasher
from tests.cast import SAME_ORIGIN, Browser, Day
from tests.sizes import size
from tests.test_access import rules

REQUESTS = size(pr=1500, soak=100_000)

NASTY = [
    "",
    " ",
    "\x00",
    "\u202e\u200b\ufeff",
    "é" * 700,
    "a" * 5000,
    "9" * 20,
    "9" * 5000,
    "-1",
    "0",
    "1e999",
    "NaN",
    "sNaN",
    "²",
    "٤",
    "null",
    "[]",
    "' OR 1=1 --",
    "%s%n{0}{{7*7}}",
    "../../../etc/passwd",
    "//evil.example",
    "//[",
    "http://[",
    "https://a\\@b",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    "=1+1",
    "\r\nX-Evil: 1",
    "\ufffd\U0010ffff",
    "e\u0301" * 300,
]
DEEP = ["[" * 50_000, '{"a":' * 30_000, '{"scores":' * 2 + "[" * 50_000]
TONGUES = ["", "fr", "ar,en;q=0.5", "x" * 3000, "en;q=nan", "*;q=-1", "zz-ZZ-zz", "\xff", "en;q=1e999", ",,,;;;"]
SOURCES = ["http://localhost", "null", "http://[", "http://evil.example", "http://localhost:99999", "//", "\xff", ""]


def field_names() -> list[str]:
    """Every name that any of our forms knows, and some that none knows."""
    known = {"idea", "criterion", "value", "seq", "stake", "value-A", "value-Z", "more", "next", "rehearsal", "unknown"}
    for module in iter_modules(forms.__path__, "facilitate.forms."):
        for form in vars(import_module(module.name)).values():
            if isinstance(form, type) and issubclass(form, HouseForm):
                known |= {name for name, field in form.__dict__.items() if hasattr(field, "field_class")}
    known |= {f"evidence-{n}-{part}" for n in (0, 2, 99, "x", "9" * 30) for part in ("type", "text", "link", "")}
    return sorted(known)


class Crowd:
    """Somebody in each role, as their cookies; nothing that they are answered changes who they are."""

    def __init__(self, app: Flask) -> None:
        self.app, self.day = app, Day.of(app)
        self.day.until("welcome")
        amina = self.day.joins()
        self.day.scoring("Evening classes", "Rural outreach van")
        other = Day.of(app).scoring("Theirs")
        self.codes = [self.day.code, other.code, "99999999", "١٢٣٤٥٦٧٨", "1", "a" * 300]
        self.ideas = [*self.day.idea_ids().values(), *other.idea_ids().values()]
        self.cookies = {
            "stranger": "",
            "participant": cookies(amina),
            "host": cookies(self.day.fay),
            "board": cookies(self.day.board()),
            "facilitator": cookies(self._signs_in()),
            "somebody with odd cookies": "facilitate=x.y.z; phone-1=%00; language=\xff; known=é; sign_in=" + "a" * 4000,
        }

    def _signs_in(self) -> Browser:
        with self.app.app_context():
            db.session.add(Facilitator(email="fay@example.ca", password=hasher.hash("a long enough sentence")))
            db.session.commit()
        browser = self.day.browser()
        browser.post("/sign-in", {"email": "fay@example.ca", "password": "a long enough sentence"})
        return browser


def cookies(browser: Browser) -> str:
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in browser.client._cookies.values())  # type: ignore[union-attr]


def values(known: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from([*NASTY, *known]) | st.text(max_size=40) | st.integers().map(str)


def anything(known: list[str]) -> st.SearchStrategy[Any]:
    """JSON of every shape, most of it near the shape of a score."""
    plain = st.none() | st.booleans() | st.floats() | st.integers() | values(known)
    score = st.fixed_dictionaries({}, optional=dict.fromkeys(("idea", "criterion", "value", "seq", "scores"), plain))
    return plain | score | st.lists(score, max_size=60) | st.dictionaries(st.text(max_size=9), plain, max_size=3)


@st.composite
def bodies(draw: st.DrawFn, known: list[str]) -> dict[str, Any]:
    """What the client is given to send."""
    kind = draw(st.sampled_from(["form", "form", "form", "json", "json", "deep", "raw", "multipart", "none"]))
    if kind == "json":
        return {"data": json.dumps(draw(anything(known))), "content_type": "application/json"}
    if kind == "deep":
        return {"data": draw(st.sampled_from(DEEP)), "content_type": "application/json"}
    if kind == "raw":
        types = ["application/json", "multipart/form-data", "multipart/form-data; boundary=x", "x/\xff", ""]
        types += ["application/x-www-form-urlencoded; charset=utf-7"]
        return {"data": draw(st.binary(max_size=60)), "content_type": draw(st.sampled_from(types))}
    if kind == "none":
        return {}
    fields = st.lists(st.tuples(st.sampled_from(field_names()), values(known)), max_size=6)
    sent: dict[str, Any] = {}
    for name, value in draw(fields):
        sent.setdefault(name, []).append(value)
    if draw(st.integers(0, 40)) == 0:
        sent |= {f"value-{number}": ["1"] for number in range(600)}
    return {"data": sent, "content_type": "multipart/form-data"} if kind == "multipart" else {"data": sent}


@pytest.fixture
def crowd(app: Flask) -> Crowd:
    app.logger.setLevel(logging.ERROR)
    return Crowd(app)


def test_no_request_breaks_anything(crowd: Crowd) -> None:
    client = crowd.app.test_client(use_cookies=False)
    routes = [(rule, method) for rule, method in rules(crowd.app) if rule.rule != "/sign-out"]
    with crowd.day.event() as event:
        known = [*crowd.ideas, *(title for title in event.title.values()), "A", "4", "dont_know", "recused", "host"]
    seen: set[tuple[str, int]] = set()

    @settings(
        max_examples=REQUESTS,
        phases=[Phase.generate],  # what was sent is short enough to read as it is
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def attack(data: st.DataObject) -> None:
        draw = data.draw
        rule, method = draw(st.sampled_from(routes))
        if draw(st.integers(0, 20)) == 0:
            method = draw(st.sampled_from(["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND"]))
        address = rule.rule.replace("<code:code>", draw(st.sampled_from([crowd.day.code] * 6 + crowd.codes)))
        for name in sorted(rule.arguments - {"code"}):
            said = draw(values(known))
            address = address.replace(f"<path:{name}>", said).replace(f"<{name}>", said)
        query = draw(
            st.dictionaries(st.sampled_from(["page", "tab", "next", "q", "sector"]), values(known), max_size=2)
        )
        role = draw(st.sampled_from(sorted(crowd.cookies)))
        headers = {"Cookie": crowd.cookies[role], "Accept-Language": draw(st.sampled_from(TONGUES))}
        headers |= draw(st.sampled_from([SAME_ORIGIN] * 6 + [{"Origin": said} for said in SOURCES]))
        headers |= draw(
            st.sampled_from([{}] * 6 + [{"X-Section": "now"}, {"Range": "bytes=9-1"}, {"Referer": "http://["}])
        )
        answer = client.open(
            address.split("?")[0].split("#")[0] or "/",
            method=method,
            query_string=query,
            headers={name: said for name, said in headers.items() if said},
            **(draw(bodies(known)) if method not in ("GET", "HEAD") else {}),
        )
        text = answer.get_data(as_text=True) if "html" in answer.content_type or "json" in answer.content_type else ""
        assert answer.status_code < 500, f"{role}: {method} {address}?{query}: {text[:300]}"
        assert "Traceback" not in text
        assert 'File "' not in text
        assert urlsplit(answer.headers.get("Location", "")).netloc in ("", "localhost")
        seen.add((rule.endpoint, answer.status_code))

    attack()
    reached = {endpoint for endpoint, _status in seen}
    for rule, method in routes:
        if rule.endpoint not in reached:  # what chance left out
            address = re.sub("<[^>]*>", "x", rule.rule.replace("<code:code>", crowd.day.code))
            answer = client.open(address, method=method, headers=SAME_ORIGIN | {"Cookie": crowd.cookies["host"]})
            assert answer.status_code < 500, f"{method} {address}"
    assert {status for _endpoint, status in seen} >= {200, 303, 400, 403, 404, 405}
