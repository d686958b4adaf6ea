"""The house looked at from outside: sizes, licences, holes, mutants. `python -m tests.house` writes its pages anew."""
