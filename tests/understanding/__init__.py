"""How the bot understands what people write, measured on tables of phrases."""
