from town_portal.documents.rules import layout


def test_the_type_fills_the_page_between_its_margins() -> None:
    assert layout.BINDING + layout.TYPE_WIDTH + layout.CUT == layout.PAGE_WIDTH
    assert layout.TOP + layout.TYPE_HEIGHT + layout.BOTTOM == layout.PAGE_HEIGHT
    assert (layout.CUT, layout.BOTTOM) == (26, 35)


def test_22_lines_and_28_characters_fit_and_not_one_more() -> None:
    height, width = layout.twips(layout.TYPE_HEIGHT), layout.twips(layout.TYPE_WIDTH)
    assert layout.LINES * layout.LINE_PITCH <= height < (layout.LINES + 1) * layout.LINE_PITCH
    character = layout.THREE * 20 + layout.TIGHTER
    assert layout.CHARACTERS * character <= width < (layout.CHARACTERS + 1) * character


def test_the_dash_of_the_page_number_is_7_mm_under_the_type() -> None:
    assert abs(layout.BOTTOM - layout.FOOTER - layout.PAGE_NUMBER_LINE / 2 - layout.PAGE_NUMBER_BELOW) < 0.01


def test_lines_are_counted_in_eighths_of_a_point() -> None:
    assert (layout.eighths(layout.OUTER_LINE), layout.eighths(layout.INNER_LINE)) == (8, 6)
