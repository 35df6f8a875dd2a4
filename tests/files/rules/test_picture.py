"""Photos are drawn anew."""

import io

import pytest
from PIL import Image

from town_portal.files.rules.picture import LONGEST_SIDE, THUMBNAIL_SIDE, redraw
from town_portal.foundation.errors import Refused


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    """An image file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """The image in a file."""
    return Image.open(io.BytesIO(content))


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    image = Image.new("RGB", (80, 40), "#aa0000")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "CAMERA-MAKER"
    exif.get_ifd(0x8825)[1] = "N"
    drawn = redraw(encoded(image, "JPEG", exif=exif, comment=b"a secret"), "a.jpg")
    assert (drawn.width, drawn.height) == (40, 80)
    assert not opened(drawn.content).getexif()
    for part in (b"CAMERA", b"secret", b"Exif"):
        assert part not in drawn.content + drawn.thumbnail


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_every_usual_form_is_taken(form: str) -> None:
    drawn = redraw(encoded(Image.new("RGB", (30, 20)), form), "a")
    assert drawn.media_type in ("image/jpeg", "image/png")
    assert opened(drawn.content).size == (30, 20)


def test_what_can_be_seen_through_stays_so() -> None:
    drawn = redraw(encoded(Image.new("RGBA", (30, 20), (1, 2, 3, 0)), "PNG"), "a.png")
    assert drawn.media_type == "image/png"
    assert opened(drawn.content).mode == "RGBA"


def test_large_pictures_are_made_smaller_and_small_ones_stay() -> None:
    drawn = redraw(encoded(Image.new("RGB", (4000, 1000)), "PNG"), "a.png")
    assert (drawn.width, drawn.height) == (LONGEST_SIDE, 480)
    assert opened(drawn.thumbnail).size == (THUMBNAIL_SIDE, 120)
    assert redraw(encoded(Image.new("RGB", (10, 10)), "PNG"), "a.png").width == 10


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\xff\xd8\xff\xe0 cut", encoded(Image.new("RGB", (300, 300), "red"), "PNG")[:60]]
)
def test_what_cannot_be_opened_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(Refused, match=r"照片“合影.jpg”打不开"):
        redraw(content, "合影.jpg")


def test_a_picture_of_too_many_points_is_refused() -> None:
    with pytest.raises(Refused, match="尺寸太大"):
        redraw(encoded(Image.new("1", (9000, 9000)), "PNG"), "大图.png")
