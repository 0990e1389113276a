"""Typesetting: one template, and the event's data as JSON, so that what people wrote is text and never a command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from facilitate.printing.fonts import unpacked

TEMPLATE = Path(__file__).parent / "sheets.typ"
SHEETS = ("poster", "tent", "cards", "ballots", "script", "state")
"""What can be printed, in the order in which a host needs it."""


def pdf(sheet: str, data: Mapping[str, Any], folder: Path) -> bytes:
    """One sheet as PDF. `folder` keeps the unpacked fonts. `data` is described in the template."""
    made = typst.compile(
        str(TEMPLATE),
        font_paths=[str(unpacked(folder))],
        ignore_system_fonts=True,
        sys_inputs={"sheet": sheet, "data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made
