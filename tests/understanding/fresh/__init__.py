"""Sets of messages written by people who had not seen the program, and the judge who reads any such set."""
