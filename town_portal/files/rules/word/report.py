"""What the clerk is told about an import: what was kept, what was changed, what was dropped, what to look at."""

from collections import Counter
from dataclasses import dataclass, field

_MOST_QUOTED = 5
_LONGEST_QUOTE = 30
_CHANGED = {
    "boxes": "文本框 {} 个：里面的字已放到正文末尾",
    "numbers": "自动编号 {} 处已写成文字（如“一、”）",
    "notes": "脚注、尾注 {} 条已放到正文末尾，写成“注：…”",
    "nested": "表格里套的表格 {} 个已并成单元格里的文字",
    "layout": "只用来排版的表格 {} 个已改成普通段落",
    "photo_tables": "放照片的表格 {} 个已改成一张一张的图片",
    "moved_pictures": "表格里的图片 {} 张已移到表格后面",
    "lines": "段内换行 {} 处已改成分段",
    "flattened": "多级列表 {} 处已并成两级",
    "links": "链接 {} 个不是网页或邮箱地址，只留下文字",
    "long_headings": "用了标题样式的长段落 {} 段已当作正文",
    "equations": "公式 {} 个只留下文字，请核对",
    "looks": "字体、字号、颜色改为网站的统一样式",
}
_DROPPED = {
    "outside_pictures": "图片 {} 张存在别的地方（没有放进文件），请另传",
    "drawn_pictures": "EMF、WMF 图 {} 张网页不能显示，请截图后另传",
    "bad_pictures": "图片 {} 张格式不认识或已损坏，请另传",
    "large_pictures": "图片 {} 张太大，请压缩后另传",
    "objects": "嵌入的对象（如 Excel 表）{} 个，请作为附件另传",
    "charts": "图表 {} 个，请截图后另传",
    "smart": "SmartArt 图形 {} 个，请截图后另传",
    "ink": "手写墨迹 {} 处",
    "foreign": "插入的其他文件 {} 个，请把内容复制进来",
    "toc": "目录",
    "header": "页眉、页脚",
    "page_numbers": "正文里的页码 {} 处",
    "placeholders": "没有填写的提示文字 {} 处",
    "symbols": "网页不能显示的特殊符号 {} 个",
    "empty_tables": "空表格 {} 个",
    "codes": "没有结果的域 {} 处（如带圈字），请核对：{}",
    "art": "艺术字 {} 处：{}",
}
_WARNED = {
    "hidden": "隐藏的文字 {} 处没有带进来：{}",
    "struck": "带删除线的文字 {} 处，删除线没有保留，请核对这些字还要不要：{}",
    "marked": "标了底色的文字 {} 处，底色没有保留，请核对：{}",
    "letterhead": "标题上面的文字 {} 段（如版头）留在了正文开头，请核对要不要：{}",
    "behind": "衬在文字下面的图片 {} 张（如公章、水印）也带进来了，请核对要不要",
    "comments": "批注 {} 条没有带进来：{}",
}


@dataclass(frozen=True, slots=True)
class Report:
    """Short lines for a person, each a whole statement."""

    kept: list[str]
    changed: list[str]
    dropped: list[str]
    warnings: list[str]


@dataclass(slots=True)
class Tally:
    """What is met while reading: how often, and some words of it."""

    met: Counter[str] = field(default_factory=Counter)
    words: dict[str, list[str]] = field(default_factory=dict)

    def meet(self, what: str, words: str = "") -> None:
        """One more of a kind, with its words where they help to find it."""
        self.met[what] += 1
        if words.strip():
            quoted = self.words.setdefault(what, [])
            if len(quoted) < _MOST_QUOTED:
                quoted.append(shortened(words.strip()))

    def lines(self, sentences: dict[str, str]) -> list[str]:
        """The sentences for what was met."""
        found = []
        for what, sentence in sentences.items():
            if self.met[what]:
                quoted = "；".join(self.words.get(what, []))
                line = sentence.format(self.met[what], quoted)
                found.append(line.removesuffix("：") if not quoted else line + self._rest(what))
        return found

    def _rest(self, what: str) -> str:
        return " 等" if self.met[what] > _MOST_QUOTED else ""


def shortened(words: str) -> str:
    """The first words, on one line."""
    line = " ".join(words[: 4 * _LONGEST_QUOTE].split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


def _revisions(met: Counter[str]) -> list[str]:
    parts = [f"{word} {met[what]} 处" for word, what in (("新增", "inserted"), ("删除", "deleted")) if met[what]]
    if met["moved"]:
        parts.append(f"移动 {met['moved']} 处")
    return [f"修订：已按“接受修订”处理，{'、'.join(parts)}，请核对"] if parts else []


def _pictures(places: list[int], sentence: str) -> list[str]:
    """A line about pictures by their places, counted from 1 for people."""
    return [f"第 {'、'.join(str(place + 1) for place in places)} 张图片{sentence}"] if places else []


def report(tally: Tally, kept: list[str], bare: list[int], cropped: list[int], *, scanned: bool) -> Report:
    """The whole report; ``bare`` and ``cropped`` are the places of pictures without caption, or cut in Word."""
    return Report(
        kept,
        tally.lines(_CHANGED),
        tally.lines(_DROPPED),
        [
            *_revisions(tally.met),
            *tally.lines(_WARNED),
            *_pictures(bare, "没有说明，请补写"),
            *_pictures(cropped, "在 Word 里裁剪过，带进来的是没有裁剪的原图，请核对"),
            *(["文件里几乎没有文字，可能是扫描件：图片里的字查不了，请改成文字"] if scanned else []),
        ],
    )
