"""Wires the processes together; the only place that does."""
