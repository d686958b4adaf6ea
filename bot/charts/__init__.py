"""A desk's figures as pictures, each with its words."""
