### Pieces of other sentences.

choose = Pilih
choose-letter = Ketik hurufnya, misalnya A.
named = { $name }
nothing = tidak diisi
nobody = belum ada
none-yet = belum ada

moment = { $moment }
moment-day = { DATETIME($day, dateStyle: "full") }
moment-range = { DATETIME($first, dateStyle: "long") } sampai { DATETIME($last, dateStyle: "long") }
moment-about = sekitar pukul { $time } { $zone }
moment-time = pukul { $time } { $zone }
moment-unknown = tidak ingat
part-dini-hari = dini hari
part-subuh = subuh
part-pagi = pagi
part-siang = siang
part-sore = sore
part-malam = malam
