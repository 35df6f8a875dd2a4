"""工作通报: the quarter's bulletin, from figures to an issued, numbered and frozen paper, and what becomes of it."""
