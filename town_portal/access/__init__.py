"""权限: who may come in (routes), which rows he sees, which moves he may take."""
