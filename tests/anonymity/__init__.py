"""Whether anything of a reporter is left anywhere: words searched for, logs and processes looked at."""
