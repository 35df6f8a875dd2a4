"""地基: the database, the clock, and the ways an act can be refused."""
