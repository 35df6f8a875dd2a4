"""公开门户: the public read side. Nobody signs in here; only live publications are read."""
