"""DECIDE: what the bot says next. Pure: no I/O, no clock, no randomness, no framework."""
