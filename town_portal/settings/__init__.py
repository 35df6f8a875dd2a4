"""设置: what law does not fix, as data with dates of validity.

One person proposes, another confirms; each is an act on the trail. What nobody has set has the
default of ``rules/catalogue.py``, with the evidence it rests on.
"""
