"""Bytes in, clean bytes out, in a locked-down child process.

cleaner.py      the parent's side: one child a file, watched and ended
child.py        the child's main: codecs first, then the lock, then the bytes
sandbox.py      what the child gives up; landlock.py has the files and the network
probe.py        tries what must fail, for the self-test at start
wire.py         what the two sides say to each other, and how much
first_bytes.py  what a file is, whatever it is called
glimpse.py      the one thing that is offered to be kept: when it was taken

pictures.py     a codec: JPEG, PNG, WebP, HEIC; exif.py and orientation.py know which way up
documents.py    a codec: PDF, drawn page by page; pdf.py writes the new one
media.py        a codec: MP4, Ogg, MP3, AAC, packet by packet; units.py, frames.py and boxes.py are its sieves
                jpeg.py and sizes.py serve the first two

Add a codec by adding a file with `clean(data, grain) -> Clean`, its name in `wire.CODECS`, and the kinds and
formats it takes in `cleaner.py`. It raises Unclean where it can say why; whatever else it raises, or a crash, ends
the child and is told as "broken". It may import nothing late: after the lock there are no files.
"""
