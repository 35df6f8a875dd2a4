"""评分: the scheme of points by version, what it makes of a quarter's facts, and the register of credits."""
