"""Tests of the proofreading engine."""
