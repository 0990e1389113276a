"""The nginx configuration that we ship, in front of two servers that share a folder, PostgreSQL and Redis."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.rehearsal.browser import Browser
from facilitate.rehearsal.host import Host
from facilitate.rehearsal.phone import Phone, Tap
from tests.postgresql.cluster import Cluster
from tests.programs import program
from tests.real.ears import Ear
from tests.real.redis_server import RedisServer
from tests.real.server import Server, free_port

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Nginx(Server):
    """Real nginx on a port of this machine; it stands for the servers behind it."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        super().__init__(folder)
        self.ports = ports

    def start(self) -> None:
        """Without root's rights where we have them; without certificates, on a port of ours."""
        site = SHIPPED.read_text()
        for shipped, ours in (
            (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{self.ports[0]};"),
            (r"# server 127\.0\.0\.1:8001;", f"server 127.0.0.1:{self.ports[1]};"),
            (r"listen 80;", f"listen 127.0.0.1:{free_port()};"),
            (r"listen 443 ssl;", f"listen 127.0.0.1:{self.port};"),
            (r"listen \[::\]:.*;|ssl_certificate.*;", ""),
            (r"/var/log/nginx", str(self.instance)),
        ):
            site, count = re.subn(shipped, ours, site)
            assert count, shipped
        (self.instance / "site.conf").write_text(site)
        (self.instance / "nginx.conf").write_text(AROUND.format(folder=self.instance))
        self.process = subprocess.Popen(
            [program("nginx"), "-p", self.instance, "-c", self.instance / "nginx.conf"],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            user="nobody" if os.geteuid() == 0 else None,
        )
        self._wait_until_it_answers()

    def log_lines(self) -> list[str]:
        return (self.instance / "facilitate.log").read_text().splitlines()


@pytest.fixture(scope="module")
def nginx(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Cluster, redis_server: RedisServer
) -> Iterator[tuple[Nginx, list[Server]]]:
    folder = Path(tempfile.mkdtemp(prefix="facilitate-nginx-"))  # pytest's own folders are closed to others
    folder.chmod(0o777)
    instance = tmp_path_factory.mktemp("instance")
    with postgresql.database() as address:
        servers = [Server(instance, "--redis", redis_server.url, database=address) for _ in range(2)]
        front = Nginx(folder, [server.port for server in servers])
        for number, server in enumerate(servers):
            server.log = instance / f"server-{number}.log"
            server.extra = {
                "FACILITATE_PUBLIC_URL": front.url,
                "FACILITATE_TRUST_PROXY": "1",
                "FACILITATE_GUESS_DELAY": "0",
            }
            server.start()
        front.start()
        yield front, servers
        front._end(signal.SIGTERM)
        for server in servers:
            server.term()
        assert [server.log_tracebacks() for server in servers] == [[], []]
    shutil.rmtree(folder)


def test_a_room_through_nginx(nginx: tuple[Nginx, list[Server]]) -> None:
    front, servers = nginx
    links = servers[0].new_event()
    code = links["code"]
    assert links["join_url"] == f"{front.url}/{code}"
    host = Host(links["console_url"], code)
    token = links["console_url"].rsplit("/", 1)[1]
    host._press("open", {"version": str(host.version())})
    phones = [Phone(Browser(front.url), code) for _ in range(12)]
    for phone in phones:
        phone.join()
        phone.connect()
    host.move_on()
    phones[0].submit([("title", "Evening classes"), ("kind", "gap")])
    host._press("show-all", {})
    host.move_on()
    host.move_on()
    ear = Ear(front, host.browser, code, "console")
    assert ear.is_in
    (idea,) = phones[0].paper().ideas
    for phone in phones:
        phone.score([Tap(idea, criterion, "4") for criterion in "ABC"])
        phone.score_by_form([Tap(idea, "D", "3")])
        assert len(phone.saved) == 4
    until = time.monotonic() + 30
    while '42["changed","console"]' not in ear.heard:
        assert time.monotonic() < until
        time.sleep(0.05)
    sockets = [len(_established(server)) for server in servers]
    assert min(sockets) > 0, f"everybody went to one process: {sockets}"
    for phone in phones:
        phone.hang_up()

    log = "\n".join(front.log_lines())
    assert f"GET /{code}/enter/... 303" in log
    assert "127.0.0.0 [" in log
    for secret in (token, "127.0.0.1", "/scores", "/socket.io"):
        assert secret not in log


def _established(server: Server) -> list[object]:
    return [each for each in server._itself().net_connections("tcp") if each.laddr[1] == server.port and each.raddr]


def test_the_address_of_who_guesses_arrives_and_cannot_be_made_up(nginx: tuple[Nginx, list[Server]]) -> None:
    front, _ = nginx

    def guesses(number: int, own: str, said: str) -> list[int]:
        statuses = []
        for turn in range(number):
            connection = http.client.HTTPConnection("127.0.0.1", front.port, source_address=(own, 0))
            connection.request("GET", f"/{10_000_000 + turn}", headers={"X-Forwarded-For": said.format(turn)})
            statuses.append(connection.getresponse().status)
            connection.close()
        return statuses

    assert guesses(32, "127.0.0.2", "198.51.100.{}") == [404] * 30 + [429] * 2
    assert guesses(1, "127.0.0.3", "127.0.0.2") == [404]


def test_when_one_server_ends_the_other_goes_on(nginx: tuple[Nginx, list[Server]]) -> None:
    front, servers = nginx
    servers[1].term()
    assert {Browser(front.url).get("/").status for _ in range(4)} == {200}
