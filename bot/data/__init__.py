"""Data that ages (violations, places, fonts), read here and handed to the handlers."""
