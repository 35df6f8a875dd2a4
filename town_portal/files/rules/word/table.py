"""Tables: cells that span, header rows, tables that only hold a layout or photos."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from town_portal.files.rules.word.block import Block
from town_portal.files.rules.word.line import WRAPPERS, Reading, chosen
from town_portal.files.rules.word.styles import number, value
from town_portal.files.rules.word.words import escaped

_MOST_COLUMNS = 63  # Word's own limit
_LONGEST_CAPTION = 60
_OFF = {"0", "false", "off"}
_Blocks = Callable[[Element], list[Block]]


@dataclass(slots=True)
class Cell:
    """One cell and the room it takes."""

    column: int
    span: int = 1
    rows: int = 1
    merge: str = ""
    """``restart`` where cells joined downwards begin, ``continue`` below."""
    blocks: list[Block] = field(default_factory=list)

    @property
    def words(self) -> list[Block]:
        """What it holds beside pictures."""
        return [block for block in self.blocks if block.kind != "figure"]

    @property
    def figures(self) -> list[Block]:
        """Its pictures."""
        return [block for block in self.blocks if block.kind == "figure"]

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(_label(block) + block.text.replace("\n", " ") for block in self.words)


def read_table(table: Element, reading: Reading, blocks: _Blocks) -> list[Block]:
    """A ``w_tbl`` as one table block; or as what it holds, where it only served the layout."""
    rows: list[list[Cell]] = []
    heads = 0
    for row in _inside(table, "w_tr"):
        properties = row.find("w_trPr")
        if properties is not None and properties.find("w_del") is not None:
            reading.tally.meet("deleted")
            continue
        if properties is not None and properties.find("w_ins") is not None:
            reading.tally.meet("inserted")
        if heads == len(rows) and _is_head(properties):
            heads += 1
        rows.append(_row(row, properties, blocks))
    _join_downwards(rows)
    return _judged(rows, heads, reading)


def _is_head(properties: Element | None) -> bool:
    """Whether a row is marked as a header; the mark may stand without a value."""
    mark = None if properties is None else properties.find("w_tblHeader")
    return mark is not None and mark.get("w_val", "1").lower() not in _OFF


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """The rows or cells, also from inside content controls and tracked changes."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in WRAPPERS or child.tag in ("w_sdt", "w_sdtContent"):
            yield from _inside(child, wanted)
        elif child.tag == "mc_AlternateContent":
            alternative = chosen(child)
            yield from () if alternative is None else _inside(alternative, wanted)


def _width(text: str | None) -> int:
    return min(max(number(text) or 1, 1), _MOST_COLUMNS)


def _row(row: Element, properties: Element | None, blocks: _Blocks) -> list[Cell]:
    cells: list[Cell] = []
    column = 0
    before = number(value(properties, "w_gridBefore"))
    if before and before > 0:
        cells.append(Cell(0, min(before, _MOST_COLUMNS)))
        column = cells[-1].span
    for element in _inside(row, "w_tc"):
        shape = element.find("w_tcPr")
        side = None if shape is None else shape.find("w_hMerge")
        if side is not None and side.get("w_val") != "restart" and cells:
            cells[-1].span += 1
            cells[-1].blocks += blocks(element)
            column += 1
            continue
        down = None if shape is None else shape.find("w_vMerge")
        merge = "" if down is None else down.get("w_val", "continue")
        cell = Cell(column, _width(value(shape, "w_gridSpan")), 1, merge, blocks(element))
        cells.append(cell)
        column += cell.span
    after = number(value(properties, "w_gridAfter"))
    if after and after > 0:
        cells.append(Cell(column, min(after, _MOST_COLUMNS)))
    return cells


def _join_downwards(rows: list[list[Cell]]) -> None:
    """Give the cell where a join begins its height, and take out the cells it covers."""
    open_: dict[int, Cell] = {}
    for place, row in enumerate(rows):
        kept: list[Cell] = []
        still: dict[int, Cell] = {}
        for cell in row:
            top = open_.get(cell.column) if cell.merge == "continue" else None
            if top is not None:
                top.rows += 1
                top.blocks += cell.blocks
                still[cell.column] = top
                continue
            kept.append(cell)
            if cell.merge:
                still[cell.column] = cell
        open_ = still
        rows[place] = kept


def _judged(rows: list[list[Cell]], heads: int, reading: Reading) -> list[Block]:
    """What the rows really are."""
    cells = [cell for row in rows for cell in row]
    if not any(cell.blocks for cell in cells):
        reading.tally.meet("empty_tables")
        return []
    if len(cells) == 1:
        reading.tally.meet("layout")
        return cells[0].blocks
    figures = [figure for cell in cells for figure in cell.figures]
    if figures and _only_photos(rows):
        reading.tally.meet("photo_tables")
        return figures
    reading.tally.met["moved_pictures"] += len(figures)
    reading.tally.met["nested"] += sum(block.kind == "table" for cell in cells for block in cell.blocks)
    words = "\n".join("　".join(cell.text for cell in row if cell.text) for row in rows)
    return [Block("table", html=_html(rows, heads), words=words.strip("\n")), *figures]


def _only_photos(rows: list[list[Cell]]) -> bool:
    """Whether all words are short and stand with a picture or right under one; then they become its caption."""
    found: list[tuple[Block, str]] = []
    above: dict[int, Block] = {}
    for row in rows:
        below: dict[int, Block] = {}
        for cell in row:
            if cell.figures:
                below[cell.column] = cell.figures[-1]
            if not cell.text:
                continue
            picture = cell.figures[-1] if cell.figures else above.get(cell.column)
            if picture is None or not _can_be_caption(cell):
                return False
            found.append((picture, cell.text))
        above = below
    for picture, text in found:
        picture.caption = f"{picture.caption} {text}".strip()
    return True


def _can_be_caption(cell: Cell) -> bool:
    return len(cell.text) <= _LONGEST_CAPTION and all(block.kind != "table" for block in cell.words)


# -- writing


def _html(rows: list[list[Cell]], heads: int) -> str:
    heads = 0 if heads == len(rows) or _crosses(rows, heads) else heads
    head = "".join(_row_html(row, "th") for row in rows[:heads])
    body = "".join(_row_html(row, "td") for row in rows[heads:])
    return f"<table>{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _crosses(rows: list[list[Cell]], heads: int) -> bool:
    """Whether a cell reaches from the header into the body."""
    return any(place + cell.rows > heads for place, row in enumerate(rows[:heads]) for cell in row)


def _row_html(row: list[Cell], tag: str) -> str:
    return f"<tr>{''.join(_cell_html(cell, tag) for cell in row)}</tr>"


def _cell_html(cell: Cell, tag: str) -> str:
    spans = f' colspan="{cell.span}"' if cell.span > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    aligns = {block.align for block in cell.words}
    align = aligns.pop() if len(aligns) == 1 else ""
    inner = "<br>".join(_block_html(block, plain_marks=tag == "th") for block in cell.words)
    place = f' class="ta-{align}"' if align else ""
    return f"<{tag}{spans}{place}>{inner}</{tag}>"


def _label(block: Block) -> str:
    """In a cell a list item carries its number as words."""
    return block.label.before if block.kind == "item" and block.label is not None else ""


def _block_html(block: Block, *, plain_marks: bool) -> str:
    if block.kind == "table":
        return escaped(block.text)
    inner = block.inside(plain_marks=plain_marks)
    return escaped(_label(block)) + inner
