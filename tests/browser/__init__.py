"""The demo page, played by its buttons in a real browser."""
