"""Bytes in, clean bytes out, in a locked-down child process.

cleaner.py    the parent's side: one child a file, watched and ended
child.py      the child's main: codecs first, then the lock, then the bytes
sandbox.py    what the child gives up; landlock.py has the files and the network
probe.py      tries what must fail, for the self-test at start
wire.py       what the two sides say to each other, and how much
pictures.py   a codec: JPEG, PNG, WebP, HEIC

Add a codec by adding a file with `clean(data, grain) -> bytes`, its name in `wire.CODECS`, and the kinds of
file it takes in `cleaner.CODECS`. It raises Unclean where it can say why; whatever else it raises, or a
crash, ends the child and is told as "broken". It may import nothing late: after the lock there are no files.
"""
