"""The brush: colours, sizes."""

from random import Random

from town_portal.demo.rules.canvas import HEIGHT, NIGHT, NOON, STRAW, WIDTH, Canvas, blend


def test_colours_mix() -> None:
    assert blend("#000000", "#ffffff", 0.5) == "#808080"
    assert blend("#112233", "#ffffff", 0) == "#112233"


def test_a_picture_has_its_size() -> None:
    canvas = Canvas(NOON, Random(1))
    canvas.land()
    canvas.person(300, 500, hat=STRAW, vest="#b5301a")
    assert canvas.finished().size == (WIDTH, HEIGHT)


def test_night_is_darker_than_noon() -> None:
    def brightness(light: object) -> float:
        canvas = Canvas(light, Random(1))  # type: ignore[arg-type]
        canvas.land()
        return sum(canvas.finished().convert("L").resize((1, 1)).tobytes())

    assert brightness(NIGHT) < brightness(NOON) / 2


def test_the_hand_reaches_where_it_says() -> None:
    canvas = Canvas(NOON, Random(1))
    low, high = canvas.person(300, 500, bend=1, reach=0), canvas.person(300, 500, bend=1, reach=1)
    assert high[1] < low[1]
