"""Finding 疑点: one place in a text that somebody should look at, why, and what may be right."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The word in Chinese."""
        return {"block": "必须改", "warn": "请核对", "hint": "建议"}[self.value]


class Family(StrEnum):
    """The kinds of error, named as in the study and in the batch command."""

    ARITH_SUM = "arith_sum"
    ARITH_PERCENT = "arith_percent"
    UNIT_SCALE = "unit_scale"
    NUM_FORMAT = "num_format"
    APPROX_CONFLICT = "approx_conflict"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_WEEKDAY = "date_weekday"
    DATE_LUNAR = "date_lunar"
    DATE_RELATIVE = "date_relative"
    DATE_ORDER = "date_order"
    STALE_REF = "stale_ref"
    WRONG_CHAR = "wrong_char"
    WORD_CONFUSION = "word_confusion"
    DE_PARTICLE = "de_particle"
    DUP_TEXT = "dup_text"
    OMISSION = "omission"
    PUNCT_PAIR = "punct_pair"
    PUNCT_WIDTH = "punct_width"
    PUNCT_USAGE = "punct_usage"
    FIXED_PHRASE = "fixed_phrase"
    ORG_NAME = "org_name"
    LAW_TITLE = "law_title"
    PERSON_TITLE = "person_title"
    PLACE_NAME = "place_name"
    OTHER_TOWN = "other_town"
    PRIVACY_ID = "privacy_id"
    PRIVACY_PHONE = "privacy_phone"
    PRIVACY_BANK = "privacy_bank"
    PRIVACY_PERSONAL = "privacy_personal"
    SECRECY = "secrecy"
    SENSITIVE_WORDING = "sensitive_wording"
    PLACEHOLDER = "placeholder"
    HIDDEN_JUNK = "hidden_junk"
    LINK_MEDIA = "link_media"
    GRAMMAR = "grammar"
    INCONSISTENT = "inconsistent"
    MISSING_ELEMENT = "missing_element"
    TITLE_FORMAT = "title_format"
    NEAR_DUP = "near_dup"

    @property
    def label(self) -> str:
        """The words in Chinese."""
        return _LABELS[self][0]

    @property
    def severity(self) -> Severity:
        """How much a finding of this family weighs, unless the check says otherwise."""
        return _LABELS[self][1]


_B, _W, _H = Severity.BLOCK, Severity.WARN, Severity.HINT
_F = Family
_LABELS: dict[Family, tuple[str, Severity]] = {
    _F.ARITH_SUM: ("合计不符", _W),
    _F.ARITH_PERCENT: ("百分比不符", _W),
    _F.UNIT_SCALE: ("单位不对", _W),
    _F.NUM_FORMAT: ("数字写法", _H),
    _F.APPROX_CONFLICT: ("约数矛盾", _H),
    _F.DATE_IMPOSSIBLE: ("日期不存在", _B),
    _F.DATE_WEEKDAY: ("星期不符", _W),
    _F.DATE_LUNAR: ("节日不符", _W),
    _F.DATE_RELATIVE: ("今昨日期不符", _W),
    _F.DATE_ORDER: ("时间先后", _W),
    _F.STALE_REF: ("旧年份", _W),
    _F.WRONG_CHAR: ("错别字", _W),
    _F.WORD_CONFUSION: ("用词混淆", _W),
    _F.DE_PARTICLE: ("的地得", _H),
    _F.DUP_TEXT: ("重复", _W),
    _F.OMISSION: ("漏字", _W),
    _F.PUNCT_PAIR: ("标点不成对", _W),
    _F.PUNCT_WIDTH: ("半角标点", _H),
    _F.PUNCT_USAGE: ("标点用法", _H),
    _F.FIXED_PHRASE: ("固定表述", _B),
    _F.ORG_NAME: ("机构名称", _W),
    _F.LAW_TITLE: ("法规名称", _W),
    _F.PERSON_TITLE: ("领导姓名职务", _B),
    _F.PLACE_NAME: ("地名", _W),
    _F.OTHER_TOWN: ("别镇地名", _B),
    _F.PRIVACY_ID: ("身份证号", _B),
    _F.PRIVACY_PHONE: ("个人手机号", _B),
    _F.PRIVACY_BANK: ("银行卡号", _B),
    _F.PRIVACY_PERSONAL: ("个人信息", _B),
    _F.SECRECY: ("涉密标志", _B),
    _F.SENSITIVE_WORDING: ("慎用词", _W),
    _F.PLACEHOLDER: ("没填的空", _B),
    _F.HIDDEN_JUNK: ("看不见的字符", _W),
    _F.LINK_MEDIA: ("链接图片", _W),
    _F.GRAMMAR: ("语病", _H),
    _F.INCONSISTENT: ("前后不一致", _W),
    _F.MISSING_ELEMENT: ("缺要素", _H),
    _F.TITLE_FORMAT: ("标题形式", _H),
    _F.NEAR_DUP: ("与旧稿雷同", _W),
}

NEVER_OVERRIDDEN = frozenset({_F.PRIVACY_ID, _F.PRIVACY_PHONE, _F.PRIVACY_BANK, _F.PRIVACY_PERSONAL, _F.SECRECY})
"""Personal data and secrecy: fixed before anything else, whoever says otherwise."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``start`` and ``end`` count code points of the text as it was given."""

    family: Family
    start: int
    end: int
    message: str
    """What is wrong and what to do, a full sentence in Chinese."""
    suggestion: str | None = None
    """What should stand in the place, when that is certain enough to offer."""
    severity: Severity = Severity.WARN

    @property
    def blocks(self) -> bool:
        """Must be fixed before the text goes on."""
        return self.severity is Severity.BLOCK


def found(
    family: Family,
    span: tuple[int, int],
    message: str,
    suggestion: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding with its family's weight, unless another is given."""
    return Finding(family, span[0], span[1], message, suggestion, severity or family.severity)
