"""The layout of an official paper, 《党政机关公文格式》GB/T 9704-2012: every measure by its name.

Evidence of each: [T] read in copies of the standard's clauses 3–5, 7.2–7.4 and 8; [D] worked out
from such measures; [M] known from practice, so a town that has its own may change it here.
Lengths are millimetres, sizes of type points, unless a name says otherwise.
"""

from math import floor
from typing import Final

# -- the page ------------------------------------------------------------------------------------

PAGE_WIDTH: Final = 210  # [T] 5.1, A4
PAGE_HEIGHT: Final = 297  # [T] 5.1
TOP: Final = 37  # [T] 5.2.1 天头 37±1
BINDING: Final = 28  # [T] 5.2.1 订口 28±1: left on odd pages, right on even ones
TYPE_WIDTH: Final = 156  # [T] 5.2.1 版心 156×225
TYPE_HEIGHT: Final = 225  # [T] 5.2.1
CUT: Final = PAGE_WIDTH - BINDING - TYPE_WIDTH  # [D] 26
BOTTOM: Final = PAGE_HEIGHT - TOP - TYPE_HEIGHT  # [D] 35

LINES: Final = 22  # [T] 5.2.3, lines a page
CHARACTERS: Final = 28  # [T] 5.2.3, characters a line

POINTS_PER_MM: Final = 72 / 25.4
TWIPS_PER_MM: Final = 1440 / 25.4


def twips(millimetres: float) -> int:
    """Twentieths of a point, what a .docx counts lengths in."""
    return round(millimetres * TWIPS_PER_MM)


LINE_PITCH: Final = int(TYPE_HEIGHT / LINES * TWIPS_PER_MM)  # [D] 579 twips, 28.95 pt; rounded down: 22 must fit
CHARACTER_PITCH: Final = TYPE_WIDTH / CHARACTERS * POINTS_PER_MM  # [D] 15.79 pt
ONE_CHARACTER: Final = round(CHARACTER_PITCH * 20)  # twips

# -- type ----------------------------------------------------------------------------------------

TWO: Final = 22  # 2号 [T]
THREE: Final = 16  # 3号 [T]
FOUR: Final = 14  # 4号 [T]
SMALL_FOUR: Final = 12  # 小4号 [M], for tables
FIVE: Final = 10.5  # 5号 [M], for wide tables

CHARACTER_SPACE: Final = round((CHARACTER_PITCH - THREE) * 4096)  # [D] what the grid adds to a 3号 character, 1/4096 pt
TIGHTER: Final = (
    floor((CHARACTER_PITCH - THREE) * 20) - 1
)  # [D] −6 twips a character: 28 of 3号 fit, however readers round

FANGSONG: Final = "仿宋_GB2312"  # [T] 5.2.2, everything that is not said otherwise
XIAOBIAOSONG: Final = "方正小标宋简体"  # [T] 7.2.4, 7.3.1: 发文机关标志, 标题
HEITI: Final = "黑体"  # [T] 7.3.3 first level; [M] 附件 and its number
KAITI: Final = "楷体_GB2312"  # [T] 7.3.3 second level
SONGTI: Final = "宋体"  # [T] 7.5, the number of the page

HEADING_FONTS: Final = (HEITI, KAITI, FANGSONG, FANGSONG)  # [T] 7.3.3: 一、（一）1.（1）

RED: Final = "FF0000"  # [T] 7.2.4, 7.2.7

# -- 版头 ----------------------------------------------------------------------------------------

MARK_FROM_TYPE: Final = 35  # [M] 7.2.4: upper edge of 发文机关标志 below the upper edge of 版心
MARK_LARGEST: Final = 62  # [M] points; never larger than that of the organ above
MARK_SMALLEST: Final = 22  # [D]
LINES_UNDER_MARK: Final = 2  # [M] 7.2.5: 发文字号 stands two blank lines below
RULE_UNDER_NUMBER: Final = 4  # [M] 7.2.7: the red line below 发文字号
HEAD_RULE: Final = 0.35  # [D] as thick as the outer lines of 版记; the standard names no thickness
NUMBER_LINE: Final = THREE  # [D] points; close to the type, so that the red line is measured from it

# -- 主体 ----------------------------------------------------------------------------------------

LINES_OVER_TITLE: Final = 2  # [M] 7.3.1: two blank lines under the red line
TITLE_CHARACTERS: Final = int(TYPE_WIDTH * POINTS_PER_MM / TWO)  # [D] 20 characters of 2号 in a line
LINES_UNDER_TITLE: Final = 1  # [M] 7.3.2
INDENT: Final = 2  # [M] 7.3.3, characters before a paragraph
LINES_OVER_ANNEX_NOTE: Final = 1  # [M] 7.3.4
LINES_OVER_SIGN_OFF: Final = 1  # [M] 7.3.5.2
UNSEALED_IN: Final = 2  # [M] 7.3.5.2: 署名 right in two characters
SEALED_IN: Final = 4  # [M] 7.3.5.1: 成文日期 right in four characters
DATE_BEYOND_NAME: Final = 2  # [M] 7.3.5.2: the date begins two characters right of the name
ANNEX_TITLE_LINE: Final = 3  # [M] 7.3.7: the title of an annex stands in its third line

# -- 版记 ----------------------------------------------------------------------------------------

OUTER_LINE: Final = 0.35  # [T] 7.4.1, millimetres
INNER_LINE: Final = 0.25  # [T] 7.4.1
IMPRINT_IN: Final = 1  # [T] 7.4.2, 7.4.3: one character in from both sides
IMPRINT_LINE: Final = 26  # [D] points, for 4号

# -- 页码 ----------------------------------------------------------------------------------------

PAGE_NUMBER_BELOW: Final = 7  # [T] 7.5: its dashes below the lower edge of 版心
PAGE_NUMBER_IN: Final = 1  # [T] 7.5: one character in, right on odd pages, left on even ones
PAGE_NUMBER_LINE: Final = FOUR / POINTS_PER_MM  # [D] the number's line, millimetres; its dash is in the middle
FOOTER: Final = BOTTOM - PAGE_NUMBER_BELOW - PAGE_NUMBER_LINE / 2  # [D] from the foot of the page to the line's foot


def eighths(millimetres: float) -> int:
    """Eighths of a point, what a .docx counts lines in."""
    return round(millimetres * POINTS_PER_MM * 8)
