"""信息公开工作网络: the two levels of units, their people, and the posts people hold.

The source report: 10 offices and 21 villages/communities, each with one 专职信息员.
"""
