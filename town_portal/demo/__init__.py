"""演示: a believable town with invented people, made only through the operations of the other rooms.

Every person, telephone number and event here is invented. The demo never loads in production.
"""
