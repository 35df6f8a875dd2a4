"""Pure decisions: which rungs are reached, who is told, in which words."""
