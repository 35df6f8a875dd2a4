"""工作日: which days are worked, and how limits are counted on them.

Law: 《全国年节及纪念日放假办法》, and each year's notice of the 国务院办公厅 (调休). A year whose
notice is not loaded is provisional: its statutory days only.
"""
