"""Conversations, played without a network."""
