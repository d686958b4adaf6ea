### What officers read: the card, its buttons, the opened report, and what the desk's bot says to them.

card =
    { $reference }{ $live }{ $news }
    { $what } · { $place } · { DATETIME($day, dateStyle: "long") }
    Evidence: { $items } · Status: { $status } · Held by: { $holder }
    { $clock }
card-clock = Known: { $known }. Came: { $came }.
card-clock-open = Known: { $known }. Limit of a formal report: { $limit } days. Came: { $came }.
card-clock-near = Known: { $known }. SOON! Limit of a formal report: { $limit } days. Came: { $came }.
card-clock-past = Known: { $known }. PAST the limit of a formal report, { $limit } days. Came: { $came }.
card-unclean =
    1 new report
    This group has to be checked first. Ask the supervisor.
card-gone =
    { $reference }
    Passed on to { $office }, { DATETIME($day, dateStyle: "long") }.
card-live = { " " }· HAPPENING NOW
card-answered = { " " }· NEW ANSWER
card-awaiting = { " " }· WAITING FOR AN ANSWER
card-pending = { " " }· QUESTION WAITS FOR A SECOND OFFICER
card-withdrawn = { " " }· WITHDRAWN BY THE REPORTER

desk-topic = Reports
desk-take = Take
desk-release = Let go
desk-open = Open
desk-status = Status
desk-close = Close …
desk-back = Back
desk-tracing = Looking into it
desk-referred = Passed on
desk-forward = To another office …
desk-proven = Proven
desk-unproven = Not proven
desk-insufficient = Not enough evidence
desk-out-of-scope = Not our power
desk-spam = Spam

desk-ticked = √ { $label }
desk-reopen = Open again …
desk-reopen-evidence = New evidence
desk-reopen-mistake = Pressed by mistake
desk-reopen-order = Ordered from above
desk-sanction = Sanction …
desk-sanction-moral-closed = Moral, closed
desk-sanction-moral-open = Moral, public
desk-sanction-medium = Medium
desk-sanction-heavy = Heavy
desk-sanction-dismissal = Dismissal
desk-ask = Ask the reporter
desk-ask-when = The hour
desk-ask-where = The exact place
desk-ask-who = Employee's post
desk-ask-what = Details
desk-ask-often = Before this
desk-ask-proof = What proof exists
desk-ask-send = Send the question
desk-ask-write = Write it myself
desk-agree = Agree
desk-refuse = Do not send
desk-more = More
desk-send = Yes, pass on to { $office }
desk-note = Note
desk-tag = Legal code
desk-twin = Duplicate of
desk-exclude = Exclude an officer
desk-transcribe = Write, delete voice
desk-rewrite = Write it anew
desk-keep = Keep, delete voice
desk-export = Export
desk-export-make = Yes, export
desk-undo = Undo

question-when = Around what time did it happen?
question-where = Where exactly did it happen?
question-who = What is that employee's post, and in which office?
question-what = What exactly did that employee do or say?
question-often = Has this happened before?
question-proof = Is there a photo, a letter or a message that shows it?

desk-status-received = new
desk-status-acknowledged = read
desk-status-tracing = being looked into
desk-status-referred = passed on
desk-status-proven = closed, proven
desk-status-unproven = closed, not proven
desk-status-insufficient = closed, not enough evidence
desk-status-out-of-scope = closed, not our power
desk-status-spam = closed, spam
desk-status-withdrawn = withdrawn by the reporter

toast-auditor = Your role only reads the work log. Ask another officer to press this.
toast-held = { $holder } holds this now. Ask them to let go, or ask a supervisor.
toast-taken = You hold this now.
toast-released = You let go. Another officer can take it.
toast-opened = The text is on its way to your private chat.
toast-menu = Please choose.
toast-stale = This button is old. Use the new one.
toast-status = The status is now: { $status }.
toast-excluded = You do not work on this report. Ask the supervisor if that is a mistake.
toast-write = Write it in your private chat with this bot, for { $reference }.
toast-tick-first = First choose the questions. Several are fine.
toast-asked = The question is sent. The answer will show on this card.
toast-refused = That question was not sent.
toast-not-own = Another officer has to agree to your question.
toast-read-first = The question is in your private chat. Read it, then press Agree again.
toast-sanction = Kept. Sanction: { $sanction }.
toast-twin = The link with { $reference } has changed. Both reports stay.
toast-voice-gone = That voice is written down and deleted. Press Open to read its words.
toast-no-voice = This report has no voice. Press Open to see what it has.
toast-voice-other = The words have changed. Look at the newest below, or write anew.
toast-voice-kept = Kept. The voice is deleted.
toast-onward = { $office } is chosen. Press Yes, pass it on. After that this office cannot open it any more.
toast-forwarded = Passed on to { $office }.
toast-gone-on = This report was passed on to { $office }. Ask that office.
toast-supervisor = This is for the supervisor. Ask the supervisor to press it.
toast-not-late = { $reference } is not overdue any more. Look at its card.
toast-none-late = Nothing is overdue.
toast-reassigned = { $reference } now goes to { $holder }.
toast-reassigned-untold = { $reference } now goes to { $holder }. Tell them yourself: their chat with this bot is not open.
toast-reminded-before = Everybody was reminded less than an hour ago. Try again later.
toast-list-changed = The list has changed. Look at the new one, then press again.
toast-linked = { $count } reports are linked. All of them stay open.
toast-spam = { $count } reports are closed as spam.
toast-export = It is sealed to the receiving institution; nobody else can open it. Go on? Press Yes, export.
toast-export-voice = There is a voice that can be recognised. Safer: Write, delete voice first. Go on? Press Yes, export.
toast-export-hold = Only who holds the report or a supervisor exports it. Press Take first.
toast-export-unset = Export is not set up. Ask the operator to add the key of the receiving institution.
toast-export-averted = This report must not reach that institution. Ask a supervisor.
toast-exporting = The file is being made. See your private chat.
toast-undone = Your last change was taken back.
toast-not-undone = Only your own last change can be taken back.
toast-not-yours = This button is only for officers registered here. Ask the operator.
toast-start-first = First open a private chat with this bot and press Start. Then try again.
toast-our-fault = Sorry, this is our fault. Press once more, or ask the operator.

desk-tip =
    { $reference }{ $live } · this message disappears in { $expires } minutes

    What: { $what }
    Reported employee: { $who }
    Position: { $post }
    Where: { $place }
    When: { $when }
    Reporter knew since: { $known }
    The reading office may be involved: { $conflict }
    Evidence: { $items }

    Story:
    { $story }

    Letters with the reporter:
    { $letters }

    Notes of officers:
    { $notes }

    Maybe the same event: { $twins }

    This is an allegation, not yet proven. Do not spread it, and do not look for the reporter.
desk-files-missing = { $here }, and { $count } not here yet (open again later)

desk-not-relayed =
    This reply does not reach the reporter.
    Use the buttons below the card.
desk-welcome =
    You are connected.
    Go back to the group and press Open below a card. The text appears here.
desk-unknown =
    This bot is only for registered officers.
    Are you an officer? Ask the operator to register you.
desk-help =
    Press a button below a card in the group: Take, Open or Status.
    What you open appears here, then disappears by itself.
    What you write here does not reach the reporter.
desk-fingerprint =
    The key of this desk ({ $epoch }) is known by eight words:
    { $words }
    Compare them with the operator, by telephone or in person. Different? Do not use this bot for now.
desk-taken = Made: { $moment }, by its own word
desk-thread-asked = { DATETIME($day, dateStyle: "long") }, officer: { $text }
desk-thread-told = { DATETIME($day, dateStyle: "long") }, reporter: { $text }
desk-handed = This report was passed on to your office.
desk-remark = { DATETIME($day, dateStyle: "long") }, { $by }: { $text }
desk-codes = Legal codes: { $codes }
desk-write-question =
    Write the question for the reporter of { $reference } here.
    Do not ask who they are, for a contact, or to meet.
    Changed your mind? Type /batal.
desk-write-note =
    Write the note for { $reference } here. Only officers read it.
    Changed your mind? Type /batal.
desk-write-transcript =
    Write here what voice { $number } of { $reference } says. Several messages are fine.
    You read it over first, then the voice is deleted.
    Changed your mind? Type /batal.
desk-transcript-proof =
    { $reference } · words of voice { $number } · this message disappears in { $expires } minutes

    { $text }

    Is that right? Once it is kept, the voice is deleted for ever.
    Is something missing? Just write it.
desk-transcript-kept = The words for { $reference } are kept. The voice is deleted. Voices still there: { $count }.
desk-transcript = Voice { $number }, written by { $by }, { DATETIME($day, dateStyle: "long") }: { $text }
desk-voice = Voice { $number }
desk-voice-gone =
    Another officer has written that voice down, and it is deleted.
    Press Open to read it.
desk-export-begun = The file of { $reference } is being made …
desk-export-reading = File of { $reference }: reading evidence, { $at } of { $count } …
desk-export-paper = File of { $reference }: making the PDF …
desk-export-sealing = File of { $reference }: sealing and sending …
desk-exported =
    The file of { $reference } is done, sealed: { $count } archive(s).
    Hand it to the receiving institution; nobody else can open it.
    It leaves this chat after a day.
desk-export-too-big =
    Evidence { $name } is too big for Telegram.
    Nothing was sent. Ask the operator.
desk-question-waits =
    The question for { $reference } waits for another officer.
    They read it first, then press Agree below the card.
desk-question-sent = The question for { $reference } is sent. The answer will show on the card.
desk-question-shown =
    { $by } wants to ask the reporter of { $reference }:
    “{ $text }”
    Could this show who the reporter is? If not, press Agree.
desk-noted = The note for { $reference } is kept. Only officers see it.
desk-words-only = Only words work here. Write it in words, or type /batal.
desk-too-late = That report has changed. Look at its card in the group, then try again.
desk-refused-identity =
    This question could show who the reporter is. So it was not sent.
    Ask about the event alone, then write again.
desk-refused-contact =
    This question names a way of contact. So it was not sent.
    Reporters answer through this bot alone. Write again without it.
desk-refused-meeting =
    This question asks to meet. That is dangerous for the reporter.
    Ask about the event alone, then write again.
desk-refused-link =
    Links and account names are not sent to reporters.
    Write again without them.
desk-refused-number =
    Digits are not sent. They could be a number or a code.
    Write again in words.
desk-refused-long =
    That text is too long.
    Write again, a little shorter.
desk-ago = { $count ->
    [0] today
    [1] yesterday
   *[other] { $count } days ago
}
desk-line = { $reference } · { $status } · { $what } · { $place } · came { $came }
desk-line-held = { $reference } · { $status } · { $what } · { $place } · came { $came } · { $holder }
desk-more-lines = and { $count } more
desk-late =
    Not read yet, and overdue: { $count }

    { $lines }

    Press Open below the card. The reminders stop once it is read.
desk-no-supervisor = This bot can reach no supervisor. Ask the supervisor to press Start.
desk-morning =
    Good morning. Not read: { $unread }. Overdue: { $late }. New answers: { $answered }.
    Still open: { $open }. Closed: { $closed }.
desk-anchor =
    Work log until { DATETIME($day, dateStyle: "long") }: { $length } events, mark { $head }.
    This mark proves that the log is not cut short later.
desk-list-take = Take 10 urgent
desk-list-next = Open the next
desk-list-remind = Remind everybody
desk-list-reassign = Give to another
desk-list-late = Back
desk-list-alike = Alike ({ $count })
desk-list-spam = Spam
desk-list-link = Link them all
desk-list-ask = Close as spam
desk-list-close = Yes, close
desk-list-before = Before
desk-list-after = After
desk-reassign = Which report goes to another officer?
desk-reassign-to =
    Who gets it?

    { $line }
desk-given = { $by } gave you { $reference }. It is not read yet. Press Open below its card.
desk-given-away = { $holder } now holds { $reference }, given by { $by }.
desk-alike =
    Maybe the same event. Once linked, all of them stay open.

    { $lines }
desk-alike-line = { $references } · { $what } · { $place }
desk-nothing-alike = Nothing looks alike any more.
desk-spam-list = Mark what is spam. You are asked once more after that.
desk-spam-sure =
    Close { $count } reports as spam?

    { $lines }
desk-command-antrean = Reports that wait
desk-command-terlambat = Not read and overdue
desk-command-saya = What you hold
desk-command-cari = Look for a card's name, a place or a status
desk-command-statistik = How many reports there are
desk-command-poster = How often posters were scanned
desk-command-bantuan = How to use this bot
desk-queue =
    Queue. Not read: { $unread }. Still open: { $open }.

    { $lines }

    Page { $page } of { $pages }
desk-queue-empty = No report is waiting.
desk-nothing-late = Nothing is overdue.
desk-mine =
    You hold { $count } reports.

    { $lines }
desk-nothing-mine = You hold no report that is still open.
desk-seek =
    Write what you look for after the command.
    Example: /cari rotan-fajar, or /cari pahandut new.
desk-found =
    Found: { $count }

    { $lines }
desk-nothing-found =
    Nothing fits.
    Look for a card's name, a place, a status or its holder.
desk-count = { $name }: { $count }
desk-numbers =
    All reports: { $count }

    By status:
    { $statuses }

    By kind:
    { $kinds }

    By place:
    { $places }
desk-poster = { $name }, { $month }: about { $count }
desk-posters =
    Chats that a poster began:
    { $lines }

    Rounded down to fives. Fewer than 5 are not shown.
    Figures come some days later: nobody can tie them to a report.
desk-posters-none =
    No poster was scanned 5 times in a month yet.
    Figures come some days later.
desk-chart-inflow =
    Reports: { $count }
    Per week: { $weeks }
    By kind: { $kinds }
    By place: { $places }
    Fewer than 5 are not shown.
desk-chart-work =
    By status: { $statuses }
    Days until read, median: { $read }
    Days until closed, median: { $closed }
    Still open after more than 7 days: { $old }
    Fewer than 5 are not shown.
chart-weeks = Reports per week
chart-kinds = By kind
chart-places = By place
chart-statuses = By status
chart-read = Days until read
chart-closed = Days until closed
chart-old = Open for more than 7 days, per cent
desk-commands =
    Press a button below a card: Take, Open, Ask the reporter or Status.
    Many reports? Type /antrean.
    Overdue: /terlambat. Yours: /saya. To look for one: /cari. Numbers: /statistik. Posters: /poster.
desk-anonymous =
    You write as the group, so the bot does not know you.
    Switch that admin right off, then try again.
desk-digest =
    New reports: { $count }

    { $lines }

    Press a button below to begin.
desk-unclean =
    Something is wrong in the officers' group.
    Somebody in it is not registered, or its contents can be copied.
    New cards show nothing until that is mended.
desk-unclean-group =
    This group has to be checked first. So the list is not shown.
    Ask the supervisor.
toast-took = You now hold { $count } more reports.
toast-none-left = Nothing is waiting any more.
toast-reminded = The group and the supervisors are reminded.

desk-bot-short = The officers' bot. To report, use the other bot.
desk-bot-about = This bot is for listed officers only. Reports from the public are not taken here.

## For the operator, in a private chat.

desk-alert =
    For the operator. { $process }: { $what }.
    Look at the log on the server, then run saksi doctor.
desk-alert-welcome =
    You look after this machine. When something is wrong, this bot tells you here.
    Nothing of any report is ever written here.
desk-alert-intake = The intake
desk-alert-desk = The officers' desk
desk-alert-about-delivery = something could not be delivered (saksi owed list)
desk-alert-about-token = Telegram refuses the bot's token, or two programs use the bot
desk-alert-about-storage = nothing can be stored; look at the disk and the database
desk-alert-about-keys = keys or the list of officers need a look
desk-alert-about-files = files cannot be cleaned safely
desk-alert-about-group = something is not right in the officers' group or template
desk-alert-about-late = something has waited for more than an hour
desk-alert-about-program = the program made a mistake
