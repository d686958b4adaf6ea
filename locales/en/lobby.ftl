### Before, beside and after the questions. A lock screen shows the first words of a bubble: they stay neutral.

notice =
    Hello. You can tell your story here without giving a name.
    { $channel } still knows that your account uses this service. On office Wi-Fi? Turn it off first.
    Bahasa Indonesia? Ketik INDONESIA.
notice-kept =
    Your message is here, but not yet sent to officers. You need not give a name.
    { $channel } still knows that your account uses this service. On office Wi-Fi? Turn it off first.
    Bahasa Indonesia? Ketik INDONESIA.
notice-go = Go on
notice-read = Read more first

notice-whole =
    What we do
    • Your name and number are not part of what you send.
    • After sending, your account is kept, locked, only if you want news.
    • News is sent for { $push } days at most. After that, use your code.
    • What you send is locked for { $office }.
    • Hidden notes in photos, such as place and phone, are removed.
    • What is not sent is gone within { $unsent } days. We remind you once.
    • What is closed is erased after { $keep } days.

    What we cannot hide
    • { $channel } knows that your account uses this service.
    • { $platform }
    • While you write, this service sees your account and your words.
    • If only a few people know the facts, someone may guess.

    What you can do
    • Use your own phone and internet, not office Wi-Fi.
    • Write no more than needed. Write nothing about yourself.
    • Keep the code on paper, then delete this chat.
platform-telegram = Chats with bots are not locked from end to end. Telegram keeps your account and your messages.
platform-whatsapp = WhatsApp's servers open your messages before they reach us. Messages may stay there for up to 30 days.

about =
    About this service

    You can tell what you saw without giving a name. For example, a civil servant urging people to vote for someone.
    Who reads it: { $office }.
    After sending, you get a code to check for news.
    What you send is first information, not a formal report.
    This service uses { $channel }, but does not belong to { $channel }.
    Type RULES to see what is allowed and what is not.

help =
    You may type these words at any time:

    START: begin, or go on where you were
    BACK: answer the last question again
    CANCEL: stop
    DELETE: delete everything at once
    CHECK: see news with your code
    RULES: what is allowed and what is not
    ABOUT: who reads this
    LANGUAGE: change the language
lobby-report = Start

menu-report = Start or go on with a report
    .command = report
menu-check = See news with your code
    .command = check
menu-stop = Stop
    .command = cancel
menu-help = Words that you may type
    .command = help
menu-language = Change the language
    .command = language
menu-wipe = Delete everything
    .command = delete

ask-language = Pilih bahasa / Choose a language
language-id = Bahasa Indonesia
language-en = English

ask-stop = Do you want to stop? What is not sent will be deleted.
stop-yes = Yes, delete
stop-no = No, go on

ask-resume = Something here is not finished yet.
resume-go = Go on
resume-wipe = Delete
remind =
    Something here is not finished yet.
    If nothing more comes, we delete it on { DATETIME($day, dateStyle: "long") }.

edit-noted =
    We have noted that change.
    Please go on with the question above.
edit-gone =
    We have taken that message out of our notes.
    Please go on with the question above.
edit-late =
    We can no longer change that old message.
    Just write it correctly in a new one.
edit-sent =
    That was already sent. Changing an old message changes nothing there.
    More to tell? Send your code, then write it here.

chat-wipe = Delete chat
wiped =
    Our notes of this chat are deleted.
    What was already sent can still be read by officers.
    Delete this chat from your phone too.
wiped-followed =
    Our notes of this chat are deleted. News still comes here, as you chose.
    No longer want it? Send your code, then press Forget my account.
    Delete this chat from your phone too.
wiped-unfollowed =
    Our notes of this chat are deleted, and your account is forgotten.
    No news will come any more. What was already sent can still be read by officers.
    Delete this chat from your phone too.
bye =
    Keep that paper in a safe place.
    It is best to delete this chat now. Then nobody else reads it.
bye-by-hand =
    Keep that paper in a safe place. It is best to delete this chat now.
    We cannot delete it from here. Hold this chat in your list, then choose delete.
    The button below deletes our own notes.

our-fault =
    Sorry, this is our mistake, not yours. What you wrote before is not lost.
    Please send that message once more.

# What the bot says of itself before somebody presses Start.
bot-short = Report without a name: an official or civil servant who is not neutral in an election.
bot-about =
    Is an official or civil servant not neutral in an election? Report it here without a name.
    Telegram knows that your account uses this bot. Officers do not see it.
    Press Start to read more.
