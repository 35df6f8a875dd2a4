"""One file a kind of check. Each gives ``check(writing, lexicon)``: the findings of its families."""
