### The last look before sending, and the code that follows. The code stands low: a lock screen shows the first words.

ask-send =
    Check before sending. Who reads it: { $office }.

    Story: { $story }
    What: { $what }
    Position: { $post }
    Who: { $who }
    Where: { $where }
    When: { $when }
    Evidence: { $evidence }

    This is first information, not a formal report. A formal report needs your identity, at Bawaslu itself. The limit is seven days after you learned of it.
    Send only what you saw or heard. A report that is false on purpose can be punished.
    “Send” keeps no account of yours. “Send and tell me” keeps it, locked, to send you news.
send-send = Send
send-push = Send and tell me
send-change = Change
send-whole = See the story
whole-story =
    This is all that you wrote, word for word: { $story }
ask-change = Which part do you want to change?
send-keep = Leave it
field-story = Story
field-what = What
field-post = Position
field-who = Who
field-where = Where
field-when = When
field-known = When you learned
field-evidence = Evidence
field-conflict = Link to the office

heard =
    { $left ->
        [one] This is what we noted. One question is left.
       *[other] This is what we noted. { $left } questions are left.
    }

    { $lines }

    Not quite right? You can change it before sending.

    { $question }
heard-line = { $field }: { $value }
sum-long = a long text, { $length } letters
sum-files =
    { $count ->
        [one] 1 file
       *[other] { $count } files
    }
sum-live = { $when }, happening now
sum-place = { $name } ({ $words })

ticket =
    It is sent. Take paper and write down the code below, no photo. This code is shown only once.

    Your code:
    { $ticket }

    Who reads it: { $office }. For news, send this code at any time, from any phone.
ticket-written = I wrote it down
ticket-withdraw = Take it back
withdrawn =
    It is taken back and deleted. Officers have not read it.
    That code no longer works.
too-late-to-withdraw =
    Sorry, it cannot be taken back now, because officers have been told.
    With your code, you can still add something.
already-sent =
    It was already sent. To check for news or add something, send your code.
    Something else happened? Press Start.
