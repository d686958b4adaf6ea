"""Posters: what they say, where their codes lead, and what is not printed."""
