"""The same rules for every page: no other site may post to us or frame us, and nothing personal is kept by caches."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

from facilitate.database import reading
from facilitate.errors import N_, Invalid, NotAllowed
from facilitate.text import web_address

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {sockets};"
    " font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none';"
    " manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types facilitate"
)


def framed(response: Response) -> Response:
    """A page that one of our own pages may show inside itself; it still takes no scripts there (`sandbox`)."""
    response.headers["Content-Security-Policy"] = _policy().replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return response


def frames(response: Response) -> Response:
    """A page that shows another of our own inside itself."""
    response.headers["Content-Security-Policy"] = f"{_policy()}; frame-src 'self'"
    return response


def init_app(app: Flask) -> None:
    app.config.setdefault("HOSTS", frozenset({"localhost", "127.0.0.1"}))
    app.before_request(begin_by_reading)
    app.teardown_request(end_reading)
    app.before_request(refuse_strange_hosts)
    app.before_request(refuse_other_sites)
    app.after_request(protect)


def begin_by_reading() -> None:
    """A page only reads, until a route that writes says otherwise."""
    reading.set(True)


def end_reading(_error: BaseException | None) -> None:
    """What runs in this thread after the request is not a page."""
    reading.set(False)


def is_trusted_host(host: str) -> bool:
    """Do we answer under this name? An empty list (tests, first start) trusts loopback only."""
    return host.lower() in current_app.config["HOSTS"]


def refuse_strange_hosts() -> None:
    if not is_trusted_host(request.host):
        raise Invalid(N_("This server does not answer under that name."))


def refuse_other_sites() -> None:
    """No token that could expire on a waiting phone: browsers say where a request comes from."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if not _comes_from_us():
        raise NotAllowed(N_("This request came from another site, so it was not carried out."))


def _comes_from_us() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return source is not None and web_address(source).netloc.lower() == request.host.lower()


def _policy() -> str:
    return POLICY.format(sockets=f"{'wss' if request.is_secure else 'ws'}://{request.host}")


def protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "assets.file":
        headers["Cache-Control"] = "no-store"
        headers.add("Vary", "Cookie, Accept-Language")
    return response
