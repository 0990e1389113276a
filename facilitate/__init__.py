"""facilitate: a community decides what to fund first.

`create_app` is the whole wiring in one look: settings, libraries, access, live pulse, pages, commands.
"""

from __future__ import annotations

from facilitate import early as early  # gevent patches before Flask is imported

# isort: split
from pathlib import Path
from typing import Any

from flask import Flask

from facilitate import config, live, web
from facilitate.archivist import Archivist
from facilitate.database import engine_options, prepare
from facilitate.extensions import babel, compress, db, login, migrate, socketio
from facilitate.instance import fill
from facilitate.machine import Machine
from facilitate.web import assets, language

__version__ = "0.1.0"

early.imports_are_over()


def create_app(**overrides: Any) -> Flask:
    """The application. `overrides` are settings of `facilitate.config`; they win over the environment."""
    settings = config.settings(**overrides)
    url = config.database_url(settings)
    app = Flask("facilitate", static_folder=None, instance_path=str(Path(settings["INSTANCE"]).resolve()))
    app.config.update(settings, SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    app.config.update(MAX_CONTENT_LENGTH=1024 * 1024, MAX_FORM_PARTS=500, VERSION=__version__)
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_MIN_SIZE=400)
    fill(app)

    db.init_app(app)
    machine = app.extensions["machine"] = Machine(Path(app.instance_path))
    with app.app_context():
        prepare(db.engine, machine)
    migrate.init_app(app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)
    babel.init_app(app, locale_selector=language.chosen, default_translation_directories=language.CATALOGUES)
    login.init_app(app)
    compress.init_app(app)
    socketio.init_app(app, **live.socket_options())

    app.extensions["archivist"] = Archivist(app)
    live.init_app(app)
    assets.init_app(app)
    web.init_app(app)
    return app
