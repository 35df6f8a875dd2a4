"""纠错: a fault in what is public, from whoever saw it to the case others learn from."""
