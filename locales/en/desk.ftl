### What officers read: the card, its buttons, the opened report, and what the desk's bot says to them.

card =
    { $reference }{ $live }{ $answered }
    { $what } · { $place } · { DATETIME($day, dateStyle: "long") }
    Evidence: { $items } · Status: { $status } · Held by: { $holder }
card-live = { " " }· HAPPENING NOW
card-answered = { " " }· NEW ANSWER

desk-take = Take
desk-release = Let go
desk-open = Open
desk-status = Status
desk-close = Close …
desk-back = Back
desk-tracing = Looking into it
desk-referred = Passed on
desk-proven = Proven
desk-unproven = Not proven
desk-insufficient = Not enough evidence
desk-out-of-scope = Not our power
desk-spam = Spam

desk-status-received = new
desk-status-acknowledged = read
desk-status-tracing = being looked into
desk-status-referred = passed on
desk-status-proven = closed, proven
desk-status-unproven = closed, not proven
desk-status-insufficient = closed, not enough evidence
desk-status-out-of-scope = closed, not our power
desk-status-spam = closed, spam

toast-auditor = Your role only reads the work log. Ask another officer to press this.
toast-held = { $holder } holds this now. Ask them to let go, or ask a supervisor.
toast-taken = You hold this now.
toast-released = You let go. Another officer can take it.
toast-opened = The text is on its way to your private chat.
toast-menu = Please choose.
toast-stale = This button is old. Use the new one.
toast-status = The status is now: { $status }.
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

    Added by the reporter:
    { $letters }

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
