"""TALK: everything that touches the world."""
