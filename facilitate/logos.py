"""Logos that hosts upload: read with care, written anew as small PNG files without whatever else was in them."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from facilitate.errors import N_, Invalid
from facilitate.models.day.basics import Logo

LARGEST = 900_000
"""Bytes of a file."""
MOST_PIXELS = 16_000_000
BOX = (720, 288)
"""Pixels that a logo is fitted into: sharp on a projector, small on a phone."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
PALE = 0.88
"""A lightness, from 0 to 1, above which a picture is not seen on a white plate."""


def read_logo(raw: bytes) -> Logo:
    """The picture in a file. Raises Invalid with a sentence for whoever sent it."""
    if len(raw) > LARGEST:
        raise Invalid(N_("This picture is larger than 900 kB. Please make it smaller first."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(raw), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(N_("This picture has too many pixels. Please make it smaller first."))
            picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombWarning):
        raise Invalid(N_("This is no picture that can be read. PNG, JPEG and WebP work.")) from None
    inside = picture.getchannel("A").getbbox()
    if inside is None:
        raise Invalid(N_("This picture is empty: every point of it is transparent."))
    picture = picture.crop(inside)
    picture.thumbnail(BOX)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return Logo(out.getvalue(), picture.width, picture.height)


def is_pale(png: bytes) -> bool:
    """Would nobody see it on white?"""
    picture = Image.open(io.BytesIO(png), formats=("PNG",)).convert("RGBA")
    on_white = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("L")
    darkest_tenth = sorted(on_white.tobytes())[: max(1, picture.width * picture.height // 10)]
    return sum(darkest_tenth) > PALE * 255 * len(darkest_tenth)
