"""Illustrations for the demo's texts: clearly drawings, never photos; the same seed gives the same picture."""

import io
from collections.abc import Callable
from random import Random

from town_portal.demo.rules.canvas import (
    DAYLIGHT,
    DUSK,
    HEIGHT,
    LEAVES,
    MORNING,
    NIGHT,
    NOON,
    OVERCAST,
    STRAW,
    WALLS,
    WIDTH,
    WOOD,
    Canvas,
    Light,
    blend,
)

VEST = "#b5301a"
SAFETY = "#f0b429"
QUALITY = 88


def draw(scene: str, seed: str) -> bytes:
    """One picture, 960 × 600, as JPEG."""
    random = Random(f"{scene}:{seed}")
    lights, paint = SCENES[scene]
    canvas = Canvas(random.choice(lights), random)
    paint(canvas)
    content = io.BytesIO()
    canvas.finished().save(content, "JPEG", quality=QUALITY)
    return content.getvalue()


def _field(c: Canvas) -> None:
    c.land(300)
    c.village(300, 3)
    crop = c.random.choice(("#c9b458", "#8fb257", "#a8bf5f", "#d6bc55"))
    _rows(c, 318, crop)
    if c.random.random() < 0.5:
        _tractor(c, c.random.uniform(560, 700), 470)
        places: tuple[float, ...] = (150, 280, 410)
    else:
        places = (170, 330, 520, 730)
        for x in (c.random.uniform(40, 120), c.random.uniform(820, 900)):
            c.tree(x, 420, 1.0, c.random.choice((None, "#d8472b", "#e8912d")))
    for x in places:
        c.person(x + c.random.uniform(-24, 24), c.random.uniform(470, 555), c.random.uniform(1.0, 1.2), hat=STRAW,
                 bend=c.random.choice((-1, 0, 1)))  # fmt: skip
    for x in (c.random.uniform(60, 200), c.random.uniform(600, 860)):
        _basket(c, x, 570, c.random.choice(("#d8472b", "#e8b13d", "#8fae4e")))


def _rows(c: Canvas, top: float, crop: str) -> None:
    vanishing = c.random.uniform(380, 580)
    c.box(0, top, WIDTH, HEIGHT - top, blend(crop, "#6b5a33", 0.28))
    for number in range(-14, 16):
        near = vanishing + number * 96
        c.shape(
            [
                (vanishing + number * 13 - 3, top),
                (vanishing + number * 13 + 4, top),
                (near + 32, HEIGHT),
                (near - 28, HEIGHT),
            ],
            crop,
        )


def _tractor(c: Canvas, x: float, y: float) -> None:
    body = c.random.choice(("#b5301a", "#29538f", "#2a672d"))
    c.shadow(x + 70, y + 44, 120)
    c.box(x - 10, y - 40, 130, 52, body, corner=8)
    c.box(x + 56, y - 104, 66, 70, blend(body, "#ffffff", 0.15), corner=6)
    c.box(x + 66, y - 94, 46, 36, "#cfe0e0", corner=4)
    c.box(x + 12, y - 70, 8, 32, "#33454a")
    for dx, radius in ((6, 30), (104, 48)):
        c.disc(x + dx, y + 48 - radius, radius, "#2b3233")
        c.disc(x + dx, y + 48 - radius, radius * 0.45, "#d9d3c2")


def _basket(c: Canvas, x: float, y: float, load: str) -> None:
    for number in range(9):
        c.disc(
            x - 30 + number * 7.5,
            y - 42 - c.random.uniform(0, 14),
            10,
            blend(load, "#ffffff", c.random.uniform(0, 0.2)),
        )
    c.shape([(x - 44, y - 42), (x + 44, y - 42), (x + 34, y), (x - 34, y)], "#c9985a")
    for line in (12, 26):
        c.line([(x - 41 + line * 0.2, y - 42 + line), (x + 41 - line * 0.2, y - 42 + line)], "#a87a43", 3)


def _room(c: Canvas, floor: float = 400) -> None:
    wall = c.random.choice(WALLS)
    c.box(0, 0, WIDTH, floor, wall)
    c.box(0, floor, WIDTH, HEIGHT - floor, blend(wall, "#8a6a48", 0.42))
    c.box(0, floor - 8, WIDTH, 8, blend(wall, "#5f4a33", 0.4))
    for x in (70, 690):
        c.box(x, 70, 200, 170, "#ffffff", corner=4)
        c.box(x + 8, 78, 184, 154, c.light.sky[0])
        c.shape([(x + 8, 232), (x + 60, 168), (x + 120, 212), (x + 192, 160), (x + 192, 232)], c.light.hills[1])
        c.box(x + 97, 70, 6, 170, "#ffffff")


def _meeting(c: Canvas) -> None:
    _room(c)
    c.box(330, 90, 300, 150, "#115459", corner=6)
    c.box(346, 106, 268, 118, "#dceae7", corner=3)
    for row in range(4):
        c.box(366, 124 + row * 24, c.random.uniform(120, 226), 9, "#8fb5b0", corner=4)
    people = c.random.randint(4, 6)
    for number in range(people):
        c.seated(180 + number * 600 / (people - 1), 400, 1.25)
    c.box(90, 396, 780, 34, "#b98a55", corner=8)
    c.box(120, 430, 720, 120, "#a3753f")
    for number in range(people):
        x = 150 + number * 600 / (people - 1)
        c.box(x, 382, 44, 12, "#ffffff", corner=2)
        c.box(x + 64, 372, 16, 24, c.random.choice(("#dceae7", "#cfdef2", "#f2dfb2")), corner=4)
    c.tree(60, 560, 0.9)


def _road(c: Canvas) -> None:
    c.land(310)
    c.village(310, 4)
    middle = c.random.uniform(430, 530)
    c.shape([(middle - 16, 310), (middle + 16, 310), (820, HEIGHT), (140, HEIGHT)], "#7f8a8b")
    c.shape([(middle - 19, 310), (middle - 16, 310), (140, HEIGHT), (104, HEIGHT)], "#e8e4d6")
    c.shape([(middle + 16, 310), (middle + 19, 310), (856, HEIGHT), (820, HEIGHT)], "#e8e4d6")
    for near, far in ((0.02, 0.06), (0.12, 0.2), (0.3, 0.45), (0.62, 0.86)):
        points = [(middle + (480 - middle) * s, 310 + 290 * s) for s in (near, far)]
        c.shape(
            [(points[0][0] - 5 * near - 1, points[0][1]), (points[0][0] + 5 * near + 1, points[0][1]),
             (points[1][0] + 7 * far + 1, points[1][1]), (points[1][0] - 7 * far - 1, points[1][1])],
            "#f6f1df",
        )  # fmt: skip
    for share in (0.12, 0.3, 0.58):
        for side in (-1, 1):
            x, y = middle + side * (30 + 420 * share), 310 + 250 * share
            c.tree(x, y, 0.45 + share * 0.8) if c.random.random() < 0.6 else _lamp(c, x, y, 0.5 + share)
    if c.random.random() < 0.6:
        _cart(c, 520, 520)
    for x in (c.random.uniform(190, 260), c.random.uniform(700, 780)):
        c.person(x, c.random.uniform(520, 560), 1.1, vest=SAFETY, hat=SAFETY, reach=c.random.random())
    for number in range(c.random.randint(0, 4)):
        _cone(c, 330 + number * 42, 574)


def _lamp(c: Canvas, x: float, y: float, size: float) -> None:
    c.line([(x, y), (x, y - 120 * size), (x + 30 * size, y - 130 * size)], "#55696c", 5 * size)
    c.disc(x + 32 * size, y - 127 * size, 9 * size, "#fbe7a6")


def _cart(c: Canvas, x: float, y: float) -> None:
    c.shadow(x + 50, y + 26, 84)
    c.box(x, y - 26, 120, 36, "#29538f", corner=6)
    c.box(x + 92, y - 66, 46, 76, "#3c6aa8", corner=8)
    c.box(x + 104, y - 56, 26, 26, "#d5e4e6", corner=4)
    for wheel in (22, 116):
        c.disc(x + wheel, y + 14, 17, "#2b3233")
        c.disc(x + wheel, y + 14, 7, "#d9d3c2")


def _cone(c: Canvas, x: float, y: float) -> None:
    c.shape([(x - 13, y), (x - 3, y - 40), (x + 3, y - 40), (x + 13, y)], "#e2572b")
    c.shape([(x - 9, y - 14), (x - 6, y - 26), (x + 6, y - 26), (x + 9, y - 14)], "#ffffff")


def _river(c: Canvas) -> None:
    c.land(290)
    c.village(290, 3)
    water = blend(c.light.sky[0], "#3f7f8a", 0.5)
    bend = c.random.uniform(-120, 120)
    c.shape([(430 + bend, 290), (500 + bend, 290), (760, 430), (900, HEIGHT), (180, HEIGHT), (300, 430)], water)
    for _ in range(16):
        y = c.random.uniform(330, 580)
        x = c.random.uniform(470 - (y - 290) * 0.6, 470 + (y - 290) * 0.8)
        c.line([(x, y), (x + c.random.uniform(18, 54), y)], blend(water, "#ffffff", 0.4), 2.4)
    for x, y in ((60, 380), (150, 440), (880, 400), (930, 470)):
        c.tree(x, y, c.random.uniform(0.7, 1.1))
    for _ in range(10):
        x, y = c.random.choice((c.random.uniform(200, 270), c.random.uniform(800, 900))), c.random.uniform(470, 570)
        c.line([(x, y), (x + c.random.uniform(-8, 8), y - 44)], c.random.choice(LEAVES), 3)
    for number in range(c.random.randint(2, 4)):
        x = 90 + number * 76
        hand = c.person(
            x,
            c.random.uniform(530, 575),
            1.15,
            vest=VEST if c.random.random() < 0.7 else None,
            bend=c.random.choice((0, 1)),
            reach=0.3,
        )
        c.line([(hand[0] - 14, hand[1] - 66), (hand[0] + 12, hand[1] + 62)], WOOD, 4)


def _inspection(c: Canvas) -> None:
    c.land(330)
    c.house(90, 350, 1.5, 2)
    c.tree(40, 380, 0.9)
    c.shape([(420, 350), (WIDTH, 350), (WIDTH, 470), (360, 470)], "#c9c3b3")
    for number in range(7):
        c.box(560 + number * 54, 310, 46, 18, "#b96a4b", corner=2)
        c.box(586 + number * 54, 290, 46, 18, "#c67b5a", corner=2)
    helmets = c.random.choice((SAFETY, "#d8472b", "#3f7fb0"))
    for number in range(c.random.randint(3, 4)):
        hand = c.person(380 + number * 118, c.random.uniform(540, 572), 1.3, hat=helmets, reach=c.random.uniform(0, 0.5),
                        vest=SAFETY if c.random.random() < 0.5 else None)  # fmt: skip
        if number % 2 == 0:
            c.box(hand[0] - 18, hand[1] - 24, 36, 46, WOOD, corner=3)
            c.box(hand[0] - 14, hand[1] - 18, 28, 38, "#ffffff")
    c.line([(300, 590), (860, 590)], SAFETY, 5)


def _culture(c: Canvas) -> None:
    if c.random.random() < 0.5:
        _room(c, 420)
        for number in range(5):
            c.box(300 + number * 74, 120 + c.random.uniform(-10, 10), 58, 76, "#ffffff", corner=2)
            c.disc(329 + number * 74, 158, 18, c.random.choice(("#e8912d", "#4a8f6a", "#b5301a", "#3f7fb0")))
        for number in range(5):
            c.seated(160 + number * 160, 470, 1.15)
        c.box(80, 466, 800, 26, "#c08f57", corner=8)
        c.box(110, 492, 740, 90, "#a97841")
        for number in range(8):
            colour = c.random.choice(("#f6d8ce", "#dceae7", "#f2dfb2", "#cfdef2"))
            c.box(130 + number * 92 + c.random.uniform(-8, 8), 452, 42, 14, colour, corner=2)
        return
    c.land(340)
    c.tree(120, 420, 2.2)
    c.house(610, 400, 1.9, 1)
    c.line([(0, 150), (240, 190), (480, 196), (720, 186), (960, 140)], "#6d4a3c", 3)
    for number in range(9):
        _lantern(c, 60 + number * 105, 176 + 24 * (1 - abs(number - 4) / 4))
    c.box(0, 440, WIDTH, 160, blend(c.light.ground, "#d8cdb4", 0.75))
    for number in range(c.random.randint(5, 7)):
        c.person(130 + number * 116, c.random.uniform(520, 578), c.random.uniform(0.85, 1.15), reach=c.random.random())


def _lantern(c: Canvas, x: float, y: float) -> None:
    c.line([(x, y - 24), (x, y + 34)], "#d9a441", 2)
    c.disc(x, y, 22, "#c8331c", 18)
    c.disc(x, y, 9, "#df5a3c", 18)
    c.box(x - 10, y - 21, 20, 5, "#d9a441", corner=2)
    c.box(x - 10, y + 16, 20, 5, "#d9a441", corner=2)


def _house(c: Canvas) -> None:
    c.land(350)
    c.tree(860, 420, 1.8, c.random.choice((None, "#e8912d", "#d8472b")))
    c.house(150, 440, 2.6, 1)
    c.house(540, 440, 1.7, 2)
    c.box(0, 440, WIDTH, 160, blend(c.light.ground, "#cfc4a8", 0.7))
    c.shape([(300, 440), (400, 440), (470, HEIGHT), (220, HEIGHT)], "#ddd5c2")
    for x in (120, 500, 830):
        c.box(x, 470, 40, 30, "#a35b3f", corner=4)
        for dx in (8, 20, 32):
            c.disc(x + dx, 464, 13, c.random.choice(LEAVES))
    c.person(c.random.uniform(300, 360), 560, 1.35, reach=0.4)
    c.person(c.random.uniform(430, 480), 566, 1.3, vest=VEST, reach=0.5)
    if c.random.random() < 0.6:
        c.person(c.random.uniform(590, 680), 556, 1.25, coat="#ffffff", reach=c.random.random())


def _fire(c: Canvas) -> None:
    c.land(340)
    c.house(40, 420, 1.7, 2)
    c.house(680, 410, 1.5, 2)
    c.box(0, 420, WIDTH, 180, blend(c.light.ground, "#c8bfa9", 0.75))
    for number in range(6):
        radius = 30 + number * 12
        c.disc(
            520 + number * 16 + c.random.uniform(-10, 10),
            400 - number * 44,
            radius,
            blend("#9aa3a2", c.light.sky[1], 0.12 * number),
        )
    c.shape([(470, 540), (570, 540), (556, 580), (484, 580)], "#55605f")
    for colour, wide, high in (("#e2572b", 44, 112), ("#f0a52e", 30, 80), ("#f9dd7a", 16, 46)):
        c.shape(
            [
                (520 - wide, 540),
                (520 - wide * 0.6, 540 - high * 0.6),
                (510, 540 - high),
                (520 + wide * 0.7, 540 - high * 0.55),
                (520 + wide, 540),
            ],
            colour,
        )
    for x, bend in ((230, 1), (340, 1)):
        hand = c.person(x, 575, 1.35, coat="#e2752b", hat=c.random.choice((SAFETY, "#d8472b")), bend=bend, reach=0.25)
        c.box(hand[0] - 10, hand[1] - 6, 20, 46, "#c8331c", corner=8)
        c.shape([(hand[0] + 12, hand[1]), (464, 520), (464, 546)], "#e9efec")
    for number in range(c.random.randint(2, 3)):
        c.person(690 + number * 90, c.random.uniform(545, 575), 1.15)


def _market(c: Canvas) -> None:
    c.land(320)
    c.village(320, 4)
    c.box(0, 400, WIDTH, 200, blend(c.light.ground, "#d3c8ae", 0.75))
    colours = c.random.sample(("#b5301a", "#115459", "#e0a63a", "#29538f"), 3)
    for number, colour in enumerate(colours):
        _stall(c, 50 + number * 305, 250, colour)
    for number in range(c.random.randint(4, 5)):
        c.person(130 + number * 180 + c.random.uniform(-30, 30), c.random.uniform(560, 588), 1.15,
                 hat=STRAW if c.random.random() < 0.4 else None, reach=c.random.uniform(0.1, 0.5))  # fmt: skip


def _stall(c: Canvas, x: float, y: float, colour: str) -> None:
    for dx in (14, 238):
        c.box(x + dx, y + 40, 8, 200, "#8a6a48")
    c.person(x + 130, y + 196, 1.0)
    for stripe in range(8):
        left = x + stripe * 32.5
        c.shape(
            [(left + 12, y), (left + 40, y), (left + 32.5, y + 56), (left, y + 56)],
            colour if stripe % 2 == 0 else "#f6f1e3",
        )
        c.disc(left + 16, y + 56, 16, colour if stripe % 2 == 0 else "#f6f1e3", 11)
    c.box(x, y + 178, 262, 20, "#b98a55", corner=4)
    c.box(x + 10, y + 198, 242, 62, "#a3753f")
    for crate in range(4):
        load = c.random.choice(("#e8912d", "#d8472b", "#8fae4e", "#c9b458", "#b65a8a"))
        for fruit in range(6):
            c.disc(
                x + 24 + crate * 62 + fruit * 8,
                y + 168 - (fruit % 2) * 8,
                9,
                blend(load, "#ffffff", c.random.uniform(0, 0.2)),
            )


Paint = Callable[[Canvas], None]
SCENES: dict[str, tuple[tuple[Light, ...], Paint]] = {
    "field": ((MORNING, NOON, DUSK), _field),
    "meeting": (DAYLIGHT, _meeting),
    "road": ((MORNING, NOON, DUSK, OVERCAST, NIGHT), _road),
    "river": ((MORNING, NOON, OVERCAST), _river),
    "inspection": ((NOON, OVERCAST, MORNING), _inspection),
    "culture": ((MORNING, NOON, DUSK, NIGHT), _culture),
    "house": ((MORNING, NOON, DUSK), _house),
    "fire": ((NOON, OVERCAST, DUSK), _fire),
    "market": ((MORNING, NOON, OVERCAST), _market),
}
