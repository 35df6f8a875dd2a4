"""Photos are drawn anew: turned upright, made smaller, with nothing in them but the picture."""

import io
import warnings
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageOps

from town_portal.foundation.errors import Refused

MOST_PIXELS = 50_000_000
MOST_DRAWN = 25_000_000
"""A picture whose format cannot be read small; a scan of A4 at 600 dpi has 35 million and comes as JPEG."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_ONE_AT_A_TIME = Lock()
LONGEST_SIDE = 1920
THUMBNAIL_SIDE = 480
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it is kept and shown, and its small form for lists."""

    content: bytes
    thumbnail: bytes
    media_type: str
    width: int
    height: int


def redraw(content: bytes, name: str) -> Picture:
    """Re-encode an image: place data, camera data and anything hidden behind it are gone.

    Refuses what is no readable picture, and pictures of more than 50 million pixels (25 million where
    the format cannot be read small). One picture is drawn at a time, so that eight do not fill the memory.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with _ONE_AT_A_TIME, Image.open(io.BytesIO(content), formats=FORMATS) as source:
                return _redrawn(source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(f"照片“{name}”的尺寸太大，请缩小后再传。") from None
    except (OSError, ValueError, SyntaxError):
        raise Refused(f"照片“{name}”打不开，请换一张或重新拍。") from None


def _redrawn(source: Image.Image) -> Picture:
    """Read small where the format allows it, then turn and shrink in place: a large photo is never held twice."""
    if source.format == "JPEG":
        source.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
    elif source.width * source.height > MOST_DRAWN:
        raise Image.DecompressionBombError
    see_through = source.mode in ("RGBA", "LA", "PA") or "transparency" in source.info
    if source.mode in ("P", "PA", "1", "I;16", "CMYK") or (see_through and source.mode not in ("RGBA", "LA")):
        flat = source.convert("RGBA" if see_through else "RGB")
        source.close()
    else:
        source.load()
        flat = source
    ImageOps.exif_transpose(flat, in_place=True)
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    flat = flat.convert("RGBA" if see_through else "RGB")
    small = flat.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    width, height = flat.size
    media_type = "image/png" if see_through else "image/jpeg"
    return Picture(_encoded(flat, media_type), _encoded(small, media_type), media_type, width, height)


def _encoded(image: Image.Image, media_type: str) -> bytes:
    out = io.BytesIO()
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    if media_type == "image/png":
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=84, optimize=True, progressive=True)
    return out.getvalue()
