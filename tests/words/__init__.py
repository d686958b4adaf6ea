"""The words: that they are all there, fit every channel, and keep the rules of how people are spoken to."""
