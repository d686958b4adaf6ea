"""Every channel keeps the same promises."""
