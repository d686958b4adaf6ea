"""REMEMBER: one transaction a turn; nothing personal rests unsealed."""
