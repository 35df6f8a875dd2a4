"""Rules of 督促整改."""
