"""What every illustration is made of: sky, hills, trees, houses, people, in flat colours.

Coordinates are those of the finished picture (960 × 600); it is drawn twice as large and then
made smaller, so that edges are smooth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 600
FINER = 2

Point = tuple[float, float]
Colour = str


@dataclass(frozen=True, slots=True)
class Light:
    """A time of day: sky from top to horizon, hills from far to near, ground, sun."""

    sky: tuple[Colour, Colour]
    hills: tuple[Colour, Colour, Colour]
    ground: Colour
    shade: Colour
    sun: Colour
    dark: bool = False


MORNING = Light(("#cfe3e4", "#f6f1df"), ("#a9c9c2", "#7faea4", "#4f8a80"), "#9dbb7a", "#86a866", "#f7d488")
NOON = Light(("#a9d3dc", "#e6f1ec"), ("#93c0b4", "#67a08f", "#3f7f6f"), "#a8c46c", "#8fb058", "#fff3c9")
DUSK = Light(("#e7b98d", "#f8e6c6"), ("#c79f86", "#9c8a74", "#5f7566"), "#b7a860", "#9b8f4e", "#f2934e")
OVERCAST = Light(("#b4c4c8", "#dde4e0"), ("#a3b6b4", "#7f9a95", "#55776f"), "#93ab78", "#7c9566", "#e5ebe6")
NIGHT = Light(("#16323f", "#2f5560"), ("#24464f", "#1c3b42", "#143036"), "#2b4a45", "#233e3a", "#f3e6b5", dark=True)
DAYLIGHT = (MORNING, NOON, DUSK, OVERCAST)

CLOTHES = ("#115459", "#b5301a", "#29538f", "#7d5000", "#5c7f86", "#8a5a44", "#e0a63a", "#4a6f4c", "#dfe5e2")
SKINS = ("#f0c9a4", "#e6b98f", "#dba97c")
HAIR = ("#2b2420", "#3a302a", "#b9b6b0")
WALLS = ("#f4efe2", "#eee3cf", "#e3ded2", "#f2e6d8")
ROOFS = ("#8a4b36", "#a35b3f", "#4e5f63", "#6d4a3c")
LEAVES = ("#2f6b4f", "#3f7f4f", "#557f3a", "#2a5f57")
STRAW = "#e6cf8f"
WOOD = "#9a7149"


class Canvas:
    """A picture under the brush. ``random`` decides all that may differ."""

    def __init__(self, light: Light, random: Random) -> None:
        self.light, self.random = light, random
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), light.ground)
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        """The picture in its own size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)

    # -- shapes --------------------------------------------------------------------------------

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * FINER, y * FINER) for x, y in points], fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, corner: float = 0) -> None:
        """A filled rectangle from its upper left corner, perhaps with round corners."""
        edges = [x * FINER, y * FINER, (x + width) * FINER, (y + height) * FINER]
        if corner:
            self._draw.rounded_rectangle(edges, radius=corner * FINER, fill=fill)
        else:
            self._draw.rectangle(edges, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour, high: float | None = None) -> None:
        """A circle around a point, or an ellipse with another height."""
        high = radius if high is None else high
        edges = [(x - radius) * FINER, (y - high) * FINER, (x + radius) * FINER, (y + high) * FINER]
        self._draw.ellipse(edges, fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A stroke with round joints and ends."""
        self._draw.line(
            [(x * FINER, y * FINER) for x, y in points], fill=fill, width=round(width * FINER), joint="curve"
        )
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, fill)

    # -- the land ------------------------------------------------------------------------------

    def sky(self, horizon: float = 330) -> None:
        """Sky down to the horizon, with sun or moon and a few clouds."""
        top, bottom = (_rgb(colour) for colour in self.light.sky)
        for row in range(round(horizon * FINER)):
            share = row / (horizon * FINER)
            self._draw.line(
                [(0, row), (WIDTH * FINER, row)],
                fill=tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)),
            )
        x, y = self.random.uniform(120, 840), self.random.uniform(70, 160)
        self.disc(x, y, 34 if self.light.dark else 46, self.light.sun)
        if self.light.dark:
            for _ in range(40):
                self.disc(self.random.uniform(0, WIDTH), self.random.uniform(0, horizon - 80), 1.3, "#cfdcdd")
            return
        for _ in range(self.random.randint(2, 4)):
            self.cloud(self.random.uniform(40, 920), self.random.uniform(50, 190), self.random.uniform(0.7, 1.3))

    def cloud(self, x: float, y: float, size: float) -> None:
        """A flat white cloud."""
        colour = blend("#ffffff", self.light.sky[1], 0.35)
        for dx, dy, radius in ((-34, 6, 20), (0, -6, 30), (36, 4, 22)):
            self.disc(x + dx * size, y + dy * size, radius * size, colour, radius * size * 0.7)
        self.box(x - 52 * size, y + 4 * size, 106 * size, 14 * size, colour, corner=7 * size)

    def hills(self, horizon: float = 330) -> None:
        """Three ranges of hills behind the plain."""
        for colour, lift, wave in zip(self.light.hills, (120, 76, 34), (46, 34, 22), strict=True):
            phase, length = self.random.uniform(0, 2 * pi), self.random.uniform(200, 330)
            ridge = [
                (x, horizon - lift - wave * sin(x / length * 2 * pi + phase) - 0.4 * wave * sin(x / 71 + phase * 3))
                for x in range(-10, WIDTH + 20, 12)
            ]
            self.shape([*ridge, (WIDTH + 10, horizon + 4), (-10, horizon + 4)], colour)

    def land(self, horizon: float = 330) -> None:
        """Sky, hills and the plain."""
        self.sky(horizon)
        self.hills(horizon)
        self.box(0, horizon, WIDTH, HEIGHT - horizon, self.light.ground)

    def tree(self, x: float, y: float, size: float = 1.0, fruit: Colour | None = None) -> None:
        """A round tree standing at a point, perhaps with fruit."""
        leaf = self.random.choice(LEAVES)
        if self.light.dark:
            leaf = blend(leaf, "#10262b", 0.5)
        self.shadow(x, y, 34 * size)
        self.box(x - 6 * size, y - 58 * size, 12 * size, 58 * size, blend(WOOD, "#3b2a1d", 0.4))
        for dx, dy, radius in ((-24, -74, 30), (24, -72, 30), (0, -98, 36), (0, -66, 30)):
            self.disc(x + dx * size, y + dy * size, radius * size, leaf)
        self.disc(x - 10 * size, y - 104 * size, 18 * size, blend(leaf, "#ffffff", 0.16))
        if fruit:
            for _ in range(14):
                angle, far = self.random.uniform(0, 2 * pi), self.random.uniform(6, 42)
                self.disc(x + far * cos(angle) * size, y + (-82 + far * 0.8 * sin(angle)) * size, 4.6 * size, fruit)

    def house(self, x: float, y: float, size: float = 1.0, storeys: int = 2) -> None:
        """A village house standing on a line."""
        wall, roof = self.random.choice(WALLS), self.random.choice(ROOFS)
        pane = "#f5d98a" if self.light.dark else "#86a9b0"
        if self.light.dark:
            wall, roof = blend(wall, "#1a333b", 0.62), blend(roof, "#1a2a30", 0.55)
        wide, high = 132 * size, 62 * size * storeys
        self.box(x, y - high, wide, high, wall)
        self.shape(
            [(x - 10 * size, y - high), (x + wide / 2, y - high - 40 * size), (x + wide + 10 * size, y - high)], roof
        )
        for storey in range(storeys):
            for place in (0, 1, 2):
                left, top = x + (16 + place * 38) * size, y - high + (16 + 62 * storey) * size
                if storey == storeys - 1 and place == 1:
                    self.box(left - 2 * size, top + 4 * size, 30 * size, 42 * size, blend(roof, "#2b1c14", 0.25))
                    self.box(left + 4 * size, top - 4 * size, 18 * size, 5 * size, "#b5301a")
                else:
                    self.box(left, top, 24 * size, 26 * size, pane)
                    self.box(left + 11 * size, top, 2 * size, 26 * size, wall)

    def village(self, horizon: float, count: int = 4) -> None:
        """A row of small houses and trees far away."""
        for _ in range(count):
            x = self.random.uniform(20, 880)
            self.house(x, horizon + 6, self.random.uniform(0.34, 0.5), self.random.choice((1, 2, 2)))
            self.tree(x + self.random.uniform(-50, 90), horizon + 8, self.random.uniform(0.3, 0.45))

    # -- people --------------------------------------------------------------------------------

    def shadow(self, x: float, y: float, radius: float) -> None:
        """The soft dark under what stands on the ground."""
        self.disc(x, y, radius, self.light.shade, radius * 0.18)

    def person(
        self, x: float, y: float, size: float = 1.0, *, hat: Colour | None = None, coat: Colour | None = None,
        vest: Colour | None = None, bend: int = 0, reach: float = 0.0,
    ) -> Point:  # fmt: skip
        """Somebody standing at a point; ``bend`` -1 or 1 leans to a side, ``reach`` lifts an arm.

        Answers where the reaching hand is.
        """
        coat, skin = coat or self.random.choice(CLOTHES), self.random.choice(SKINS)
        legs = self.random.choice(("#33454a", "#4b4a45", "#2c3f56", "#5b5348"))
        lean = 30 * size * bend
        self.shadow(x, y, 26 * size)
        hip, neck = (x, y - 52 * size), (x + lean, y - (104 - 16 * abs(bend)) * size)
        for side in (-8, 8):
            self.line([(hip[0] + side * 0.6 * size, hip[1]), (x + side * size, y - 4 * size)], legs, 11 * size)
        self.line([hip, neck], coat, 33 * size)
        if vest:
            self.line([(hip[0], hip[1] - 4 * size), neck], vest, 25 * size)
            self.line(
                [(hip[0] - 9 * size, hip[1] - 22 * size), (hip[0] + 9 * size, hip[1] - 22 * size)], "#f4efe2", 3 * size
            )
        side = bend or self.random.choice((-1, 1))
        hand = (neck[0] + side * 34 * size, neck[1] + (46 - 62 * reach) * size)
        self.line([(neck[0] + side * 13 * size, neck[1] + 4 * size), hand], blend(coat, "#000000", 0.12), 9 * size)
        self.line(
            [(neck[0] - side * 14 * size, neck[1] + 4 * size), (neck[0] - side * 19 * size, neck[1] + 44 * size)],
            coat,
            9 * size,
        )
        self.disc(*hand, 5.5 * size, skin)
        head = (neck[0] + 7 * bend * size, neck[1] - 27 * size)
        self.disc(head[0], head[1] - 3 * size, 16 * size, self.random.choice(HAIR))
        self.disc(head[0], head[1] + 2 * size, 14 * size, skin)
        if hat:
            self._hat(head, size, hat)
        return hand

    def seated(self, x: float, y: float, size: float = 1.0) -> None:
        """The upper half of somebody who sits behind a table; the table's edge is at the point."""
        coat, skin = self.random.choice(CLOTHES), self.random.choice(SKINS)
        self.box(x - 26 * size, y - 58 * size, 52 * size, 62 * size, coat, corner=20 * size)
        self.disc(x, y - 80 * size, 19 * size, self.random.choice(HAIR))
        self.disc(x, y - 75 * size, 16 * size, skin)
        for side in (-1, 1):
            self.disc(x + side * 20 * size, y - 4 * size, 6 * size, skin)

    def _hat(self, head: Point, size: float, colour: Colour) -> None:
        if colour == STRAW:
            brim = head[1] - 5 * size
            self.shape([(head[0] - 29 * size, brim), (head[0], brim - 22 * size), (head[0] + 29 * size, brim)], colour)
            return
        self.disc(head[0], head[1] - 8 * size, 17 * size, colour, 12 * size)
        self.box(head[0] - 21 * size, head[1] - 6 * size, 42 * size, 5 * size, colour, corner=2 * size)


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two; ``share`` is how much of the other."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _rgb(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
