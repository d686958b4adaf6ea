"""The officers' desk, against a make-believe Telegram."""
