"""The fonts of the pages, in the form that typesetting wants: unpacked, one file for each weight, made once."""

from __future__ import annotations

import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "static" / "vendor" / "fonts"
WEIGHTS = (400, 700)
FAMILIES = {
    "atkinson-hyperlegible-next-latin-wght-normal": "Facilitate Latin",
    "atkinson-hyperlegible-next-latin-ext-wght-normal": "Facilitate Latin Extended",
    "readex-pro-arabic-wght-normal": "Facilitate Arabic",
}
"""Each file is a family of its own: two files of one family would hide each other's letters."""


def unpacked(folder: Path) -> Path:
    """A folder with all of them, below `folder`."""
    target = folder / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for name, family in FAMILIES.items():
        for weight in WEIGHTS:
            file = target / f"{name}-{weight}.ttf"
            if not file.exists():
                _unpack(VENDOR / f"{name}.woff2", file, family, weight)
    return target


def _unpack(source: Path, target: Path, family: str, weight: int) -> None:
    # Needed once in the life of an instance; every start of the server would wait for it.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib import instancer  # type: ignore[import-untyped]

    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    font.flavor = None
    style = "Bold" if weight == max(WEIGHTS) else "Regular"
    for number, words in ((1, family), (2, style), (4, f"{family} {style}"), (16, family), (17, style)):
        font["name"].setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as half:
        font.save(half)
    Path(half.name).replace(target)  # whoever looks meanwhile sees none or a whole one
