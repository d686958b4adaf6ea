"""A make-believe Telegram and WhatsApp on loopback, with a page to play both sides."""
