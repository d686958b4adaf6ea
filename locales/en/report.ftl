### The questions of the report, in their order, and the answers they offer.

ask-story =
    What did you see or hear? For example, a civil servant urging people to vote for someone.
    Write it, send a voice message or photo, or choose below.
    Type BACK to redo, CANCEL to stop.
ask-story-files =
    It has arrived. What happens there?
    Write in your own words, or choose below.
    Type BACK to redo, CANCEL to stop.
not-a-story =
    Sorry, we cannot note that down. Just write what you saw, or choose below.
    Example: yesterday a lurah gave out stickers at the community hall.

ask-what =
    What is this about? Choose the closest one.
    Not sure what one means? Type MEANING.
what-medsos = Social media support
    .about = Posting, commenting, liking, sharing, or joining a campaign group
what-kampanye = Joining a campaign
    .about = Being at a campaign, a declaration, or a candidate's event
what-ajakan = Urging others to vote
    .about = Through meetings, roll call, WhatsApp groups, letters, or residents
what-fasilitas = Using state facilities
    .about = Official cars, buildings, budgets, programmes, or aid for a candidate
what-uang = Giving money or goods
    .about = Money, food, or promises to vote or not vote for someone
what-apk = Putting up banners
    .about = Putting up or storing material of a candidate or party
what-simbol = Photo or sign of support
    .about = Photo with a candidate, hand sign, or party clothing
what-partai = Party or campaign team
    .about = Party member, campaign team, or collecting ID cards for support
what-jabatan = Transfers or pressure
    .about = Transfers, threats, or decisions that help or harm a candidate
what-lain = Other / not sure
    .about = Just tell us, officers will sort it

ask-post = What is that person's position? Choose the closest one.
post-head = Head of an agency
    .about = Head of an agency or office, regional secretary
post-district = Camat or lurah
    .about = Head of a district or an urban village
post-school = School or health staff
    .about = Teacher, school head, doctor, nurse, midwife
post-official = Other official
    .about = Head of a division, section, or unit
post-staff = Staff
    .about = Employee who leads nobody
post-village = Village head
    .about = Not a civil servant (ASN), but we take this too
post-forces = Military or police
    .about = Not a civil servant (ASN), but we take this too
post-unknown = I do not know

ask-who =
    Who is it? Write a name, a position or an office.
    More than one person is fine. Do not write your own name.

ask-where =
    Where did it happen?
    Write the name of the place, the kelurahan or the kecamatan. Example: Lapangan Kelurahan Menteng.
which-where =
    Which place do you mean?
    Choose below, or write it again with its kecamatan.
no-such-where =
    That place is not in our list yet.
    Write it again with its kecamatan, or use your own words.
where-online = Online or in a group
where-mine = Use my words
no-pins =
    Map pins cannot be taken here yet.
    Just write the name of the place, kelurahan or kecamatan.

ask-when =
    When did it happen? Choose below, or write it.
    Example: Friday night, or 12 November 9 am. Forgotten? Type SKIP.
when-now = Happening now
when-today = Today
when-yesterday = Yesterday
when-unknown = I do not remember
which-moment =
    When do you mean? Choose the right one, or write the date.
    Forgotten? Type SKIP.
not-a-moment =
    Sorry, we do not understand that date. Example: yesterday afternoon, or 12 November.
    Forgotten? Type SKIP.

ask-known =
    When did you first learn of this?
    It is more than seven days ago, so this date matters.
known-today = Today
known-yesterday = Yesterday
known-unknown = I do not remember

ask-evidence =
    Do you have a photo, video or screenshot? Send it here if it is safe. None is fine too.
    First black out your own name, picture and messages. Leave account names and dates.
    Type BACK to redo, CANCEL to stop.
evidence-none = None
evidence-kept =
    { $kept ->
        [one] 1 file is saved.
       *[other] { $kept } files are saved.
    } Any more? Send them.
    If that is all, press the button below.
evidence-coming =
    { $kept } of { $all } files are saved, we are working on the rest.
    You need not wait. If that is all, press the button below.
evidence-enough = That is all
files-noted =
    { $kept } of { $all } files are saved.
    Please go on with the question above.

ask-voice =
    People can know a voice. The officer who reads this will hear yours.
    Shall it go? You may also write instead.
voice-yes = Send the voice
voice-no = Delete the voice

ask-taken =
    One file tells when it was made, { $moment }.
    Keep that time? Place and phone model are always removed.
taken-yes = Yes, keep it
taken-no = No

ask-conflict =
    One more thing, to be safe. This is read by { $office }.
    Does that person, or their superior, work there?
    If so, we send it to another office. Not knowing is fine too.
conflict-no = No
conflict-yes = Yes
conflict-unknown = I do not know

ask-disclosure =
    This may show who you are: { $parts }
    Cut it out before sending? The rest stays.
disclosure-yes = Cut it out
disclosure-keep = Leave it
disclosure-again = Write it again

skip = Skip
not-words =
    Sorry, we need this answer in writing.
    A few words will do, or choose below.
not-a-choice =
    Sorry, we do not understand that answer.
    Choose one below. Not sure? Choose the closest one.
not-a-file =
    Sorry, we are waiting for a photo, video, recording or PDF here.
    Words are fine too. If you have none, press the button below.
too-long =
    That text is too long for one message, { $most } letters at most.
    Send the main points first. The rest may follow.
too-much =
    Your story is very long. We can keep only { $most } letters.
    The last message was not saved. Please go on, the rest can follow with your code.

choice-noted =
    We have added that to your story.
    Now choose the closest one below.
long-noted =
    We have added that to your story.
    A short answer to the question above will do, or choose below.
evidence-noted =
    We have added that to your story. More photos or videos? Just send them.
    If there are none, press the button below.
too-little =
    It is still empty.
    Write one sentence, or send one photo. Then press Send.
