"""Names go out of sight."""

from town_portal.corrections.rules.masking import masked


def test_units_people_numbers_and_mail_say_nothing() -> None:
    names = {"洛洞村": "某村", "汤塘镇洛洞村": "某村"}
    text = "汤塘镇洛洞村李月娥（13812345678，a.b@c.cn）报268栋，洛洞村复核。"
    assert masked(text, names, ["李月娥"]) == "某村李某某（×××，×××）报268栋，某村复核。"
