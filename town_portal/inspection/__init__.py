"""巡检: every saved version is read for the figures; every night what is public is read again, by today's lists.

What newly fails there is a 发布后疑点, to be corrected, withdrawn or explained.
"""
