"""文件: storage, sniffing, re-encoding and serving of every upload."""
