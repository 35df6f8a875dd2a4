"""工作台: the first page — what waits for me, what of mine waits elsewhere. No figures of its own."""
