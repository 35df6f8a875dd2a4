"""Trial 试用: the example sentences of an entry are its own tests, run through the real engine."""

from collections.abc import Callable, Collection
from datetime import date

from town_portal.proofreading.rules.entry import TermEntry
from town_portal.proofreading.rules.finding import NEVER_OVERRIDDEN, Family, Finding, Severity
from town_portal.proofreading.rules.kinds import KINDS, TermKind


def day_of_trial(entry: TermEntry, today: date) -> date:
    """The day the examples are judged on: today, or the day nearest to it on which the entry holds."""
    if entry.kind is TermKind.LAWS:  # a law that is over is to be found today
        return today
    begun = max(today, entry.valid_from or today)
    return min(begun, entry.valid_to or begun)


def failures(entry: TermEntry, read: Callable[[str], Collection[Finding]]) -> list[str]:
    """Every example that does not prove the entry, as a sentence.

    ``read`` is the engine with the entry in force, on the day of its trial. A bad example must be
    found as an error of its list; a good one must be free of it and of all that weighs more than a hint.
    Neither may hold personal data or secrets: everybody who writes can read the lists.
    """
    if entry.off:
        return []
    families = (Family(entry.right),) if entry.kind is TermKind.EXCEPTIONS else KINDS[entry.kind].families
    said = []
    for sentence in (*entry.bad, *entry.good):
        found = read(sentence)
        private = [one for one in found if one.family in NEVER_OVERRIDDEN]
        disproving = [one for one in found if _disproves(one, sentence, entry, families)]
        if private:
            said.append(f"例句“{sentence}”里有{private[0].family.label}，大家都会看到，请换一句。")
        elif sentence in entry.bad and not any(one.family in families for one in found):
            said.append(f"错的例句“{sentence}”没有报{_wanted(families)}，{_told(found, sentence)}")
        elif sentence in entry.good and disproving:
            said.append(f"对的例句“{sentence}”不应该报，{_told(disproving, sentence)}")
    return said


def _disproves(one: Finding, sentence: str, entry: TermEntry, families: tuple[Family, ...]) -> bool:
    """Does a finding in a good example speak against the entry?

    An exception only says that these words are right; what else is wrong in the sentence it came from is no matter.
    """
    if entry.kind in (TermKind.EXCEPTIONS, TermKind.PROTECTED):
        return one.family in families and sentence[one.start : one.end] == entry.words
    return one.family in families or one.severity is not Severity.HINT


def _wanted(families: tuple[Family, ...]) -> str:
    return f"“{families[0].label}”" if len(families) == 1 else "出来"


def _told(found: Collection[Finding], sentence: str) -> str:
    told = [f"“{sentence[one.start : one.end]}”（{one.family.label}：{one.message.rstrip('。')}）" for one in found]
    return f"现在报的是{'、'.join(told)}。" if told else "现在什么也没报。"
