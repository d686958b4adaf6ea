"""Writes docs/house.md and docs/licences.md anew."""

from tests.house import licences, sizes

for page, text in ((sizes.PAGE, sizes.document()), (licences.PAGE, licences.document())):
    page.write_text(text, "utf8")
