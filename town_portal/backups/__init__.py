"""备份: everything a house is made of, in one encrypted file a night, and the way back from it."""
