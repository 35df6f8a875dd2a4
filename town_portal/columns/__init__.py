"""栏目: the column tree of the town's portal, as data (the source report, 六(五))."""
