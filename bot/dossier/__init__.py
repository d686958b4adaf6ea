"""A tip as a paper with its evidence, sealed to another institution. Nothing of it rests anywhere unsealed."""
