"""Rules: what a paper is made of, every measure of its layout, and the files that come of it."""
