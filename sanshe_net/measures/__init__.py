"""Measures of networks: one topic a file, each function registered."""
