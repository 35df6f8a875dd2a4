"""Kinds 词条类别: the lists the town keeps itself, what stands in each column, and what an entry is tried on.

Names of villages and offices are no list here: they come from the network. Lists that only the
program understands (shapes of signs, dimensions, festivals) are shipped and not edited.
"""

from dataclasses import dataclass
from enum import StrEnum

from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family


class TermKind(StrEnum):
    """A list the town keeps; the value is the name of the shipped list of the same kind (see ``data/README.md``)."""

    LEADERS = "leaders"
    LAWS = "laws"
    ORGANS = "organs"
    SLOGANS = "slogans"
    TYPOS = "typos"
    SENSITIVE = "sensitive"
    PROTECTED = "protected"
    EXCEPTIONS = "exceptions"
    PLACES = "places"
    OTHER_TOWNS = "other_towns"
    PLATFORMS = "platforms"
    PUBLIC_PHONES = "public_phones"
    YEARLY_WORK = "yearly_work"

    @property
    def label(self) -> str:
        """The list's name in Chinese."""
        return _LABELS[self]


_K = TermKind
_LABELS = {
    _K.LEADERS: "领导名录",
    _K.LAWS: "法规名录",
    _K.ORGANS: "机构名录",
    _K.SLOGANS: "规范表述",
    _K.TYPOS: "错字对照",
    _K.SENSITIVE: "慎用词表",
    _K.PROTECTED: "保护词",
    _K.EXCEPTIONS: "不是错",
    _K.PLACES: "本地地名",
    _K.OTHER_TOWNS: "周边镇",
    _K.PLATFORMS: "平台和媒体",
    _K.PUBLIC_PHONES: "公开手机号",
    _K.YEARLY_WORK: "年年要做的工作",
}

_WORDING = tuple(family for family in Family if family not in NEVER_OVERRIDDEN)


@dataclass(frozen=True, slots=True)
class Kind:
    """What one list holds. An empty label means: this column is not used."""

    kind: TermKind
    about: str
    """What the list is for, a full sentence."""
    words: str
    """What its first column is called; the other columns follow."""
    right: str = ""
    right_needed: bool = False
    note: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    """(value, words) when the note is one of a few with a meaning to the check; else it is free."""
    ordered: bool = False
    """Entries have a place in an order (领导排序)."""
    families: tuple[Family, ...] = ()
    """What a bad example must be found as, and what a good one must be free of."""
    bad_needed: bool = False
    good_needed: bool = False
    dated_itself: bool = False
    """The days belong to the thing (a term of office, a law in force) and its check reads them: the entry is known
    on other days too. Elsewhere an entry that does not hold on a day is not there on that day."""


KINDS: dict[TermKind, Kind] = {
    kind.kind: kind
    for kind in (
        Kind(
            _K.LEADERS,
            "文稿里的姓名、职务和领导排序与这里比对，按发布那天谁在任来判断。",
            "姓名",
            right="职务",
            right_needed=True,
            ordered=True,
            families=(Family.PERSON_TITLE,),
            dated_itself=True,
        ),
        Kind(
            _K.LAWS,
            "法律、法规和规章的全称；失效的写上最后一天和代替它的法规。",
            "全称",
            right="代替它的法规",
            note="文号和施行日期",
            families=(Family.LAW_TITLE,),
            bad_needed=True,
            good_needed=True,
            dated_itself=True,
        ),
        Kind(
            _K.ORGANS,
            "机构的现用名称，或者旧称、误称和它们的现用名称。",
            "名称",
            right="现用名称",
            note="为什么",
            families=(Family.ORG_NAME,),
            bad_needed=True,
            good_needed=True,
        ),
        Kind(
            _K.SLOGANS,
            "固定表述的规范写法，或者常见的误写和它的规范写法。",
            "表述",
            right="规范写法",
            note="怎么比对",
            notes=(
                ("", "一般：错一个形近、音近的字就提醒"),
                ("专名", "专名：错、漏、多字都提醒"),
                ("专名定尾", "专名定尾：词尾两个字也不能换"),
                ("列举", "列举：用顿号分开的几项，次序不能乱"),
                ("列举缺一不可", "列举缺一不可：还不能漏项"),
                ("通行", "通行：这样写也可以，不提醒"),
                ("误写", "误写：“规范写法”一栏是对的"),
            ),
            families=(Family.FIXED_PHRASE,),
            bad_needed=True,
            good_needed=True,
        ),
        Kind(
            _K.TYPOS,
            "常见的错写和它的正确写法。",
            "错的写法",
            right="应为",
            right_needed=True,
            families=(Family.WRONG_CHAR,),
            bad_needed=True,
            good_needed=True,
        ),
        Kind(
            _K.SENSITIVE,
            "对人的称谓、宣传用语里要慎用的词。",
            "词语",
            right="换成",
            note="怎么提醒",
            notes=(
                ("称谓", "称谓：出现就提醒，换成上一栏的说法"),
                ("推介物", "推介物：与“最”“第一”这类极限词连用时提醒"),
                ("通行", "通行：固定说法，不提醒"),
            ),
            families=(Family.SENSITIVE_WORDING,),
            bad_needed=True,
            good_needed=True,
        ),
        Kind(
            _K.PROTECTED,
            "人名、地名、物产名这类专用的词，整个词不再当错字报。个人信息和涉密照样报。",
            "词语",
            note="说明",
            families=_WORDING,
            good_needed=True,
        ),
        Kind(
            _K.EXCEPTIONS,
            "机器报过、镇里定为没有错的词句，同一类疑点不再报。个人信息和涉密不能列入。",
            "词句",
            right="疑点类别",
            right_needed=True,
            note="说明",
            good_needed=True,
        ),
        Kind(
            _K.PLACES,
            "本镇的河流、圩镇、道路、水库；写错一个字会提醒。村（社区）的名称取“单位与人员”。",
            "地名",
            note="说明",
            families=(Family.PLACE_NAME,),
            bad_needed=True,
            good_needed=True,
        ),
        Kind(
            _K.OTHER_TOWNS,
            "周边的镇；本镇的村写到它们名下会提醒。",
            "镇名",
            note="说明",
            families=(Family.OTHER_TOWN, Family.PLACE_NAME),
        ),
        Kind(
            _K.PLATFORMS,
            "常转发我镇信息的平台和媒体；名称不当错字报，写错会提醒。",
            "名称",
            note="说明",
            families=_WORDING,
        ),
        Kind(
            _K.PUBLIC_PHONES,
            "可以公开的值班手机号；不在这里的手机号都当个人信息拦下。",
            "手机号",
            note="谁的、做什么用",
            families=(Family.PRIVACY_PHONE,),
            good_needed=True,
        ),
        Kind(
            _K.YEARLY_WORK,
            "年年要做的工作；写着往年年份会提醒。时节写几月到几月，如 2-4。",
            "工作",
            right="时节",
            note="说明",
            families=(Family.STALE_REF,),
            bad_needed=True,
            good_needed=True,
        ),
    )
}


def kind_named(name: str) -> Kind | None:
    """The list of a name, or None."""
    return KINDS[TermKind(name)] if name in TermKind._value2member_map_ else None
