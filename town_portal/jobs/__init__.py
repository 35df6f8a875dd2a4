"""后台任务: what the house does by itself, every few seconds.

The truth is in the rows: a job that was interrupted finds its work again at the next look.
"""
