"""WORDS: what the bot says, one folder a language."""
