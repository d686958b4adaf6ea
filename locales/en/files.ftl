### What cannot be taken, why, and what to send instead. Nobody is blamed.

file-document =
    We cannot open such documents safely.
    Send a photo or screenshot of it.
too-many-files =
    There are { $most } files already, which is our limit. The last one was not saved.
    Please go on. You can tell the rest in words.

odd-sticker =
    We cannot read stickers yet.
    Just write your answer, or send a photo.
odd-animation =
    We cannot take moving pictures yet.
    Send a photo, video or screenshot of it.
odd-contact =
    We do not keep contacts, because they hold people's numbers.
    Just write the name and position.
odd-live-location =
    We do not take live locations, to keep you safe. It is best to turn it off now.
    Just write the name of the place where it happened.
odd-poll =
    We cannot read polls yet.
    Just write your answer.
odd-reaction =
    We cannot read reactions as an answer yet.
    Just write, or choose below.
odd-too-big =
    That is too big for us.
    Send a short piece or a screenshot. Later is fine too, your safety comes first.
odd-empty =
    That message was empty when it arrived.
    Please write it once more.
odd-edit =
    A change to an old message does not reach us here.
    Just write it correctly in a new one.
odd-unknown =
    We cannot read such messages yet.
    Just write, or send it as a photo.

lost-empty =
    One file was empty when it arrived.
    Please send it once more.
lost-too-big =
    One file is too big for us.
    Send a short piece, or a screenshot of it.
lost-too-many-pixels =
    One photo is too wide for us.
    Open it and send a screenshot of it.
lost-too-slow =
    One file took too long to open, so it was not saved.
    Send a short piece, or a screenshot of it.
lost-not-a-picture =
    One of the files is not a photo.
    Send a photo or screenshot.
lost-kind =
    One of the files is of a kind we cannot take yet.
    Send a photo, video, recording, PDF or screenshot.
lost-locked =
    That document is locked with a password, so we cannot open it.
    Send a screenshot of it instead.
lost-too-many-pages =
    That document is too long.
    Send only the pages that matter, as photos.
lost-too-long =
    That recording is too long.
    Send a short piece with what matters most.
lost-broken =
    One file was damaged on its way, so it was not saved.
    Send it once more, or send a screenshot of it.
lost-no-sandbox =
    We cannot clean files safely now, so yours was not kept. This is our fault.
    Just tell what it shows. Keep it somewhere safe for now.
lost-gone =
    One file can no longer be fetched.
    Please send it once more.
