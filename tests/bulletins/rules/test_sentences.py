from tests.bulletins.rules.results import result
from town_portal.bulletins.rules import binding, sentences
from town_portal.bulletins.rules.figures import Righted, of

NOTHING = Righted()


def written(righted: Righted = NOTHING, *, zero: bool = True) -> tuple[str, str]:
    figures = of(result(zero=zero), result(), righted)
    text = sentences.text(result(zero=zero), figures, righted)
    assert not [spot for spot in binding.read(text, figures) if spot.open]
    return text, binding.filled(text, figures)


def test_the_order_is_the_usual_one_and_nothing_is_wrong_in_the_first_draft() -> None:
    text, printed = written()
    headings = [line for line in text.split("\n") if line.startswith("# ")]
    assert headings == ["# 基本情况", "# 存在问题", "# 下一步要求"]
    assert text.startswith("根据《")
    assert "全镇共报送信息10件，采用发布9条，采用率90.0%。" in printed
    assert "【" not in printed


def test_problems_name_the_units() -> None:
    _, printed = written()
    assert "1个单位本季度零报送：四九社区。" in printed
    assert "审核中退回2次，较多的是官山村。" in printed
    assert "核实差错1处，涉及党政和人大办公室。" in printed
    assert "零报送" not in written(zero=False)[1]


def test_last_time_s_rectifications_are_told_where_there_were_any() -> None:
    assert "上期督促整改情况" not in written()[0]
    _, printed = written(Righted(4, 3, 1))
    assert "共下达整改事项4项，已销号3项，超期未办1项" in printed


def test_the_title_names_the_quarter() -> None:
    assert sentences.title(result()) == "关于2026年第三季度全镇政府信息公开工作情况的通报"
