"""账户: signing in, sessions that can be revoked, passwords. People themselves live in network."""
