from town_portal.proofreading.rules.values.records import records


def test_cells_know_their_headings():
    text = "领取名单\n姓名 | 账号\n---|---\n陈某 | 6217\n李某 | 6218\n以上。"
    rows = [[(entry.heading, entry.words) for entry in row] for row in records(text)]
    assert rows == [[("姓名", "陈某"), ("账号", "6217")], [("姓名", "李某"), ("账号", "6218")]]
    assert all(text[entry.start : entry.end] == entry.words for row in records(text) for entry in row)
    assert [entry.names for entry in next(records(text))] == [True, False]


def test_no_headings_no_rows():
    assert not list(records("村名|户数\n田心村|12"))
    assert not list(records("姓名不详。\n陈某，男。"))
