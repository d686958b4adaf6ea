"""`make crash`: intake and desk are killed at random and at named points, while people report and platforms fail."""
