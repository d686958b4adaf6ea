### The transparency page: what became of the reports, for everybody.

edition-title = Laporan masyarakat dan hasilnya
edition-about = { $office } · laporan yang masuk sampai { DATETIME($until, dateStyle: "long") }
edition-none = Belum cukup laporan untuk ditampilkan. Kurang dari 5 tidak ditampilkan.
edition-total = Laporan diterima: { $count }
edition-days-read = Nilai tengah sampai dibaca petugas: { $days } hari.
edition-days-closed = Nilai tengah sampai selesai: { $days } hari.
edition-months = Per bulan
edition-kinds = Menurut jenis
edition-places = Menurut tempat
edition-outcomes = Menurut hasil
edition-sanctions = Sanksi pada laporan yang terbukti
edition-others = lainnya, digabung
edition-open = masih ditangani
edition-unknown = tidak disebut
edition-rule =
    Angka di bawah 5 digabung ke "lainnya".
    Supaya tidak ada yang bisa dikenali, kadang satu angka lagi ikut digabung.
edition-guilt =
    Laporan adalah dugaan, belum tentu terbukti.
    Laporan yang sudah dihapus dari sistem tidak dihitung.
edition-language = English
