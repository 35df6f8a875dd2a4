"""Pure decisions: the life of a release, what is due when, what a link may be, how a text looks in a channel."""
