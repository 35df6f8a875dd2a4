"""Photos are drawn anew: turned upright, made smaller, with nothing in them but the picture."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from town_portal.foundation.errors import Refused

MOST_PIXELS = 50_000_000
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

    Refuses what is no readable picture, and pictures of more than 50 million pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF", "BMP")) as source:
                upright = ImageOps.exif_transpose(source)
                upright.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(f"照片“{name}”的尺寸太大，请缩小后再传。") from None
    except (OSError, ValueError, SyntaxError):
        raise Refused(f"照片“{name}”打不开，请换一张或重新拍。") from None
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    flat = upright.convert("RGBA" if see_through else "RGB")
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
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
