### The privacy notice, whole, as `saksi notice` prints it for a web page. Every number comes from the settings.

privacy-title = Privacy notice
privacy-offices-head = Who reads it
privacy-offices = What you send is read by: { $offices }. Each office has a key of its own.
privacy-around = An office that was gone around cannot open it.
privacy-kept-head = What we keep, and for how long
privacy-unsent = Words not yet sent: locked, { $unsent } days at most.
privacy-remind =
    Of unsent words we remind you once, between { $dawn } and { $night }.
    What they say is not mentioned.
    For this your account is locked beside them, { $unsent } days at most.
privacy-edits =
    Until it is sent, a message you edit is changed here too.
    What you only delete in the chat may still be here.
    After sending, nothing in the chat changes it.
privacy-tip =
    What you sent and its evidence: locked, until { $keep } days after closing.
    The day is noted, the hour is not.
privacy-address =
    After sending, your account: only if you ask for news, locked and apart.
    { $push } days at most, or until closing.
privacy-seen = A mark that a message has arrived: without a name, { $seen } days at most.
privacy-trace =
    Numbers of the messages in the chat, to delete them.
    Locked, { $trace } days at most.
privacy-backup = Backups: locked, without accounts and without words not yet sent.
privacy-never-head = What we do not keep
privacy-never =
    Your name, your phone number and your profile picture.
    But where that number is all that marks your account: as long as your account.
privacy-logs = Server logs hold neither your words nor your account nor your address.
privacy-files =
    Photos, videos, recordings and PDFs are cleaned of hidden notes.
    What can be seen and heard stays.
privacy-platforms-head = What we cannot hide
privacy-platform = { $channel } knows that your account uses this service.
privacy-writing = While you write, this service sees your account and your words.
privacy-few = Where only few people know of it, you can be guessed.
privacy-rights-head = Your rights
privacy-wipe =
    Type DELETE at any time. Our notes of that chat go, and we forget your account.
    What was already sent can still be read by officers.
privacy-forget = With your code you can have your account forgotten.
privacy-withdraw =
    With your code you can take a report back. What no officer has opened we erase.
    What they have read stays with them.
privacy-law = Basis: Law 27 of 2022 on Personal Data Protection.
