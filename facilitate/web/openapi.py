"""The description of the interface for machines, by hand: it is a contract, not a by-product."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}

_SCORE = {
    "type": "object",
    "required": ["idea", "criterion", "value"],
    "properties": {
        "seq": {
            "type": "integer",
            "minimum": 1,
            "description": "Counts per ballot; left out, the server takes the next.",
        },
        "idea": _TEXT,
        "criterion": {"type": ["string", "null"], "description": "A criterion's id, or null for the stake button."},
        "value": {
            "type": ["string", "number", "null"],
            "description": 'A level, "dont_know", or null to clear; with criterion null: "recused" or null.',
        },
    },
}

_ANSWER = {
    "type": "object",
    "required": ["ok", "seq"],
    "properties": {
        "ok": {"type": "boolean"},
        "seq": {"type": "integer"},
        "why": {"enum": ["closed", "invalid", "superseded", "busy", "gone"]},
        "value": {"type": ["string", "null"]},
        "retry_ms": {"type": "integer"},
    },
}

_CODE = {"name": "code", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9]{8}$"}}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "facilitate", "version": "1", "description": "What a participant's device may ask and send."},
    "paths": {
        "/api/v1/events/{code}": {
            "get": {
                "summary": "What this phone may see",
                "parameters": [_CODE],
                "responses": {
                    "200": {
                        "description": "The open activity",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["activity", "ideas", "criteria", "seq"],
                                    "properties": {
                                        "activity": _TEXT,
                                        "ideas": {"type": "array", "items": {"type": "object"}},
                                        "criteria": {"type": "array", "items": {"type": "object"}},
                                        "seq": {"type": "integer"},
                                    },
                                }
                            }
                        },
                    },
                    "403": {"description": "This device has not joined the event"},
                    "404": {"description": "No such event"},
                },
            }
        },
        "/{code}/scores": {
            "post": {
                "summary": "Cast one score, or up to fifty",
                "parameters": [_CODE],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {"oneOf": [_SCORE, {"type": "array", "items": _SCORE, "maxItems": 50}]}
                        }
                    }
                },
                "responses": {
                    "200": {
                        "description": "What became of each",
                        "content": {
                            "application/json": {"schema": {"oneOf": [_ANSWER, {"type": "array", "items": _ANSWER}]}}
                        },
                    }
                },
            }
        },
    },
}
