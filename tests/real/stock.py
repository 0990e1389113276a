"""What people write first: a thread per event, and the last to arrive wins. The control of T4."""

from __future__ import annotations

import json
import random
import sys
import time

from flask import Flask
from flask_socketio import SocketIO

app = Flask(__name__)
socketio = SocketIO(app, async_mode="threading", cors_allowed_origins="*")
stored: dict[str, str] = {}


@app.get("/healthz")
def healthz() -> str:
    return json.dumps(stored)


@socketio.on("score")
def score(said: dict[str, str]) -> dict[str, bool]:
    time.sleep(random.uniform(0, 0.002))  # noqa: S311 - the disk
    stored[said["idea"]] = said["value"]
    return {"ok": True}


if __name__ == "__main__":
    socketio.run(app, port=int(sys.argv[sys.argv.index("--port") + 1]), allow_unsafe_werkzeug=True)
