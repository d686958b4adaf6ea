### Pieces of other sentences.

choose = Choose
choose-letter = Type the letter, such as A.
named = { $name }
nothing = not given
nobody = nobody yet
none-yet = none yet

moment = { $moment }
moment-day = { DATETIME($day, dateStyle: "full") }
moment-range = { DATETIME($first, dateStyle: "long") } to { DATETIME($last, dateStyle: "long") }
moment-about = around { $time } { $zone }
moment-time = { $time } { $zone }
moment-unknown = not remembered
part-dini-hari = before dawn
part-subuh = at dawn
part-pagi = in the morning
part-siang = in the afternoon
part-sore = in the late afternoon
part-malam = in the evening
