"""Rules of 抽查."""
