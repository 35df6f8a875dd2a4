"""Place data 拍摄信息: what a camera wrote into a photo beside the picture."""

import io
import warnings

from PIL import Image

_GPS = 0x8825
_NAMES = {0x013B: "作者", 0x9C9D: "作者", 0xA430: "相机主人"}
_CAMERA = 0xA430
_EXIF = 0x8769


def place_data(content: bytes) -> str:
    """拍摄地点 and 作者 as words for a sentence; empty when a picture tells neither or cannot be read.

    Only the head of the picture is read, never its dots.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as picture:
                exif = picture.getexif()
                gps = bool(exif.get_ifd(_GPS))
                owner = exif.get_ifd(_EXIF).get(_CAMERA)
                names = [told for tag, told in _NAMES.items() if exif.get(tag) or (tag == _CAMERA and owner)]
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError, Image.DecompressionBombError):
        return ""
    return "、".join(dict.fromkeys([*(["拍摄地点（经纬度）"] if gps else []), *names]))
