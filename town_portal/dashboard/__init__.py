"""季度看板: the quarter on one page for an office of two, and the list behind every number. Owns no tables."""
