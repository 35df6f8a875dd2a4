"""Pure decisions about messages and channels."""
