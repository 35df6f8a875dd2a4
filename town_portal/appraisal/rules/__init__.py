"""Rules of 年度绩效考核."""
