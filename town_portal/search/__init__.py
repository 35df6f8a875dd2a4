"""检索: finds texts by the words in them, for the public and for those inside; decides nothing about who may see what."""
