"""Illustrations: of every scene, different ones, the same ones again."""

import hashlib
import io

import pytest
from PIL import Image

from town_portal.demo.rules import pictures


@pytest.mark.parametrize("scene", pictures.SCENES)
def test_every_scene_can_be_drawn(scene: str) -> None:
    with Image.open(io.BytesIO(pictures.draw(scene, "a"))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (960, 600))


def test_forty_pictures_are_forty_different_ones() -> None:
    drawn = {hashlib.sha256(pictures.draw("field", str(number))).digest() for number in range(40)}
    assert len(drawn) == 40


def test_a_seed_draws_the_same_picture_again() -> None:
    assert pictures.draw("river", "x") == pictures.draw("river", "x")
