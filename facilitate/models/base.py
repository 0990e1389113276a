"""The ground all tables stand on: naming convention, UTC times, random public ids."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import JSON, TypeDecorator

Texts = dict[str, str]
"""One text in several languages: BCP-47 tag to words."""

Counter = BigInteger().with_variant(Integer, "sqlite")
"""As high as browsers count exactly; SQLite's STRICT tables know INTEGER only, which is as wide."""

Json = JSON().with_variant(JSONB(), "postgresql")


def said(texts: Texts | None, language: str) -> str:
    """A text in this language, else in English, else in any."""
    if not texts:
        return ""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and always UTC: SQLite drops time zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every model inherits this; constraints are named the same way on every database, so migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, str]: Json, dict[str, Any]: Json, list[Any]: Json}  # noqa: RUF012


def now() -> datetime:
    """The server owns time."""
    return datetime.now(UTC)


def public_id() -> str:
    """128 random bits, the only ids that leave the server. None begins like a formula, so files show it as it is."""
    while (made := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return made
