"""留痕: the tamper-evident trail (全程可追溯). It is low in the house and knows nobody above."""
