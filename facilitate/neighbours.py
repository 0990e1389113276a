"""Neighbours: what the processes of one installation tell each other over Redis.

What changed, whose right to be here has ended, and who is here: as JSON on one channel, and nothing is kept there. A
nudge reaches the people of its own process at once and never by this way, so a hall goes on when Redis is gone; nobody
who is served waits for it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import RedisError
from redis.retry import Retry

from facilitate.config import BadSetting

BEAT = 5.0
"""Seconds after which every process says again who is with it, and looks whether Redis is still there."""
FIRST_REST, LONGEST_REST = 0.5, 8.0
"""Seconds between two tries to reach Redis again."""

Message = dict[str, Any]

logger = logging.getLogger(__name__)


class Neighbours:
    """The other processes. Without a Redis address there are none, and telling them is silence."""

    def __init__(
        self,
        url: str,
        secret: bytes,
        *,
        hear: Callable[[str, Message], None],
        beat: Callable[[], None],
        turned: Callable[[], None],
    ) -> None:
        self.url, self.hear, self.beat, self.turned = url, hear, beat, turned
        self.name = secrets.token_hex(8)
        self.channel = f"facilitate:{hashlib.blake2b(b'neighbours', key=secret[:64], digest_size=12).hexdigest()}"
        self.is_cut_off = False
        """Has this server lost contact? `turned` is called whenever this changes."""
        self.to_tell: SimpleQueue[Message] = SimpleQueue()
        try:
            if url:
                self._redis()
        except ValueError as error:
            raise BadSetting(f"The Redis URL cannot be used: {error}") from error

    def start(self) -> None:
        """Listen and speak in the background."""
        for work in (self._listen, self._speak) if self.url else ():
            threading.Thread(target=work, daemon=True).start()

    def tell(self, **message: Any) -> None:
        """Tell all others, soon. What nobody can hear is not kept: who comes back asks for everything anew."""
        if self.url and not self.is_cut_off:
            self.to_tell.put(message)

    # --- in the background ---

    def _listen(self) -> None:
        rest = FIRST_REST
        while True:
            try:
                for who, message in self._messages():
                    rest = FIRST_REST
                    self._safely(self.hear, who, message)
            except (RedisError, OSError, UnicodeDecodeError):
                self._turn(cut_off=True)
            time.sleep(rest * random.uniform(0.5, 1))  # noqa: S311 - so that not all come back in the same moment
            rest = min(rest * 2, LONGEST_REST)

    def _messages(self) -> Iterator[tuple[str, Message]]:
        """What the others say, until Redis is gone."""
        with self._redis() as redis, redis.pubsub(ignore_subscribe_messages=True) as channel:
            channel.subscribe(self.channel)
            redis.ping()
            self._turn(cut_off=False)
            self.tell(hello=True)
            while not self.is_cut_off:
                said = channel.get_message(timeout=BEAT)
                heard = self._read(said["data"]) if said else None
                if heard:
                    yield heard
        raise Unreachable("the other half could not speak")

    def _read(self, data: str) -> tuple[str, Message] | None:
        """Who says what; None for what is ours or nobody's."""
        try:
            message = json.loads(data)
        except ValueError:
            return None
        who = message.pop("from", None) if isinstance(message, dict) else None
        return (who, message) if isinstance(who, str) and who != self.name else None

    def _speak(self) -> None:
        redis, due = self._redis(), 0.0
        while True:
            if time.monotonic() >= due:
                self._safely(self.beat)
                due = time.monotonic() + BEAT
            try:
                message = self.to_tell.get(timeout=max(0.0, due - time.monotonic()))
                redis.publish(self.channel, json.dumps({"from": self.name, **message}, separators=(",", ":")))
            except Empty:
                continue
            except (RedisError, OSError):
                self._turn(cut_off=True)
                self.to_tell = SimpleQueue()

    def _redis(self) -> Redis:
        """A connection that notices within seconds that nobody is there, and leaves trying again to us."""
        return Redis.from_url(
            self.url,
            decode_responses=True,
            socket_timeout=BEAT,
            socket_connect_timeout=BEAT,
            health_check_interval=BEAT,
            retry=Retry(NoBackoff(), 0),
        )

    def _turn(self, *, cut_off: bool) -> None:
        if cut_off == self.is_cut_off:
            return
        self.is_cut_off = cut_off
        logger.warning("Redis is out of reach: this server is on its own" if cut_off else "Redis is back")
        self._safely(self.turned)

    def _safely(self, work: Callable[..., None], *what: Any) -> None:
        """One message that fails must not end the listening."""
        try:
            work(*what)
        except Exception:
            logger.exception("a message of a neighbour was lost")
