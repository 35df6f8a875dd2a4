"""Uploads are read in a process of its own, with little memory and little time: a hostile file hurts nobody else."""
