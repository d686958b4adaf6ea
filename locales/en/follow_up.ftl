### Coming back with a code: where things stand, what officers ask, what can be added.

ask-ticket =
    Please send your code here.
    It has 16 letters and numbers. Small letters and spaces are fine.
ticket-mistyped =
    It seems that one letter of that code is wrong.
    Compare it with your paper, then send it again.
ticket-unknown =
    We cannot find that code. Maybe a letter is wrong, or it was deleted long ago.
    Compare it with your paper, then send it again.
ticket-tired =
    Several codes did not match. For safety, we stop looking for a while.
    Try again in one hour.

timeline =
    Thank you, the code fits. Where it stands now: { $status }.

    { $lines }

    You may add something. This code can be used again at any time.
timeline-over =
    Thank you, the code fits. Where it stands now: { $status }.

    { $lines }

    Anything else? Type START.
timeline-line = { DATETIME($day, dateStyle: "long") }: { $what }
desk-asks = Officers ask: “{ $text }” You do not have to answer.
status-received = Received
status-acknowledged = Read by officers
status-tracing = Being looked into
status-referred = Passed on to the office in charge
status-referred-to = Passed on to { $office }
status-proven = Closed (proven)
status-unproven = Closed (not proven)
status-insufficient = Closed (not enough evidence)
status-out-of-scope = Closed (not in the officers' power)
status-spam = Closed (could not be handled)
status-withdrawn = Withdrawn

follow-reply = Add something
ask-reply =
    Please write your answer or what you want to add.
    Write no more than needed. An answer can show who you are.
follow-keep = Leave it
reply-kept =
    Thank you, it is saved. Officers will read it.
    Check again later with your code.
follow-file =
    Thank you, we clean that and pass it on to the officers.
    Any more? Just send it.
follow-no-voice =
    A voice can be known, so we do not take it here.
    Just write the main points, or send a photo, video or PDF.
follow-detach = Forget my account
detached =
    We have forgotten your account. We will send no more news.
    To check for news, send your code.
follow-withdraw = Withdraw
follow-yes = Yes, withdraw
ask-withdraw =
    Do you want to take back what was sent?
    No officer has opened it, so we delete its words and files. This cannot be undone.
ask-withdraw-read =
    Do you want to take back what was sent?
    An officer has opened it. What they have read stays with them, marked as withdrawn.
taken-back =
    It is withdrawn. We have deleted its words and files.
    No officer has opened it. They only see that it was withdrawn.
taken-back-read =
    It is withdrawn, as you asked. Officers see it marked so.
    What they have read already stays with them.
follow-leave = Done
left =
    The code is closed here. You can send it again at any time.
    It is best to delete this chat now.
push = There is news for a code of yours. Send that code here to read it.
