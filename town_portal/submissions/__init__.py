"""稿件: what a 信息员 hands in, its versions, and its whole life on one screen.

Signatures and stage visits stand here too, because handing in is the first signature (一审一校)
and because review and publishing both walk through the same life.
"""
