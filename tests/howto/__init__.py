"""The how-tos of CONTRIBUTING.md, done on a copy of the tree."""
