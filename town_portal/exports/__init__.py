"""静态导出: the public side as a folder of files that needs no server; the folder is whole at every moment."""
