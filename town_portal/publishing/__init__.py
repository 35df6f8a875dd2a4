"""发布: what is approved reaches the public, at once or at a set time, under an 索引号."""
