"""The baseline: Flask-SocketIO and Flask-SQLAlchemy as their documentation begins, an ORM session per score.

Same job as the peer, same messages: `score {i, c, v}`, an acknowledgement after the commit, `board` 4 × a second.
"""

from __future__ import annotations

import os
from typing import Any

from gevent import monkey

monkey.patch_all()

from flask import Flask, redirect, request  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402
from flask_sqlalchemy import SQLAlchemy  # noqa: E402
from sqlalchemy import event  # noqa: E402
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column  # noqa: E402


class Base(DeclarativeBase):
    pass


app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['DB']}"
app.secret_key = "for a benchmark alone"  # noqa: S105
db = SQLAlchemy(app, model_class=Base)
socketio = SocketIO(app, async_mode="gevent")


class Score(db.Model):  # type: ignore[name-defined,misc]
    participant: Mapped[int] = mapped_column(primary_key=True)
    idea: Mapped[int] = mapped_column(primary_key=True)
    criterion: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


with app.app_context():

    @event.listens_for(db.engine, "connect")
    def durable(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    db.create_all()

count = [0]
people: dict[str, int] = {}


@app.get("/j/ROOM")
def door() -> str:
    return "<!doctype html><title>Planning day</title><form method=post><input name=name><button>Join</button></form>"


@app.post("/j/ROOM")
def join() -> Any:
    return redirect("/j/ROOM", 303)


@socketio.on("connect")
def connect(auth: dict[str, Any]) -> None:
    people[request.sid] = auth["pid"]
    if auth["role"] == "board":
        join_room("boards")
    socketio.emit("state", {}, to=request.sid)


@socketio.on("score")
def score(said: dict[str, Any]) -> dict[str, bool]:
    key = (people[request.sid], int(said["i"]), int(said["c"]))
    row = db.session.get(Score, key)
    if row is None:
        row = Score(participant=key[0], idea=key[1], criterion=key[2], value=0)
        db.session.add(row)
    row.value = int(said["v"])
    db.session.commit()
    count[0] += 1
    return {"ok": True}


def tell_boards() -> None:
    while True:
        socketio.sleep(0.25)
        socketio.emit("board", {"n": count[0]}, to="boards")


if __name__ == "__main__":
    socketio.start_background_task(tell_boards)
    socketio.run(app, port=int(os.environ["PORT"]))
