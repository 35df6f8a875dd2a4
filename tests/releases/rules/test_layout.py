"""Copies for other editors."""

from town_portal.releases.rules.layout import county_page, page, pictures, plain, rich

TOKEN = "0123456789abcdef" * 2
STORED = (
    '<h2>一、做法</h2><p class="ta-center">今天<strong>68</strong>户<br>参加 &amp; 学习。</p>'
    f'<figure><img src="/files/{TOKEN}" alt="田头" width="10" height="10"><figcaption>培训&lt;现场&gt;</figcaption></figure>'
    '<table><thead><tr><th colspan="2">村</th></tr></thead><tbody><tr><td>洛洞</td><td>68</td></tr></tbody></table>'
    '<ul><li><p>第一项</p></li></ul><p>详见<a href="https://a.cn/?x=1&amp;y=2">通知</a>，<a href="/articles/1">内链</a></p>'
)


def test_styles_stand_inside_and_nothing_else_does() -> None:
    copied = rich(STORED, "洛洞村")
    assert 'style="margin:' in copied
    assert "class=" not in copied
    assert "<script" not in copied and "<img" not in copied and "<a " not in copied
    assert "text-align:center" in copied
    assert 'colspan="2"' in copied
    assert "【图1：培训&lt;现场&gt;】" in copied
    assert "通知（https://a.cn/?x=1&amp;y=2）" in copied
    assert copied.count("<p") == copied.count("</p>")
    assert "来源：洛洞村" in copied


def test_plain_lines_keep_order_and_places_of_pictures() -> None:
    lines = plain("标题", STORED, "洛洞村").splitlines()
    assert lines[0] == "标题"
    assert "　　今天68户" in lines and "　　参加 & 学习。" in lines
    assert "【图1：培训<现场>】" in lines
    assert lines[-1] == "来源：洛洞村"


def test_pictures_are_numbered_as_they_stand() -> None:
    assert [(one.number, one.token, one.caption) for one in pictures(STORED)] == [(1, TOKEN, "培训<现场>")]


def test_a_page_of_its_own() -> None:
    assert "<title>甲&lt;乙&gt;</title>" in page("甲<乙>", "<p>x</p>")
    made = county_page(
        "甲", STORED, {TOKEN: "图片/01-春 耕.jpg"}, {"来源": "洛洞村", "发布时间": "今天", "索引号": "TT/1"}
    )
    assert 'src="%E5%9B%BE%E7%89%87/01-%E6%98%A5%20%E8%80%95.jpg"' in made
