"""Whole turns of speech of WHEN, in the plain spellings: what is said > what is meant, a line each."""

TURNS = """
malam sebelum last > kemarin dulu malam
senin sebelum last > senin lalu lagi
selasa sebelum last > selasa lalu lagi
rabu sebelum last > rabu lalu lagi
kamis sebelum last > kamis lalu lagi
jumat sebelum last > jumat lalu lagi
sabtu sebelum last > sabtu lalu lagi
ahad sebelum last > ahad lalu lagi
a pekan lalu hari ini > 7 hari lalu
1 pekan lalu hari ini > 7 hari lalu
a pekan lalu today > 7 hari lalu
pekan lalu today > 7 hari lalu
jumat prayers > jumatan jumat
jumat prayer > jumatan jumat
keesokan hari > 1 hari habis
akan datang > nanti
suk emben > lusa
kena malam > nanti malam
kena sore > nanti sore
due hari > 2 hari
detik ini > sekarang
minggu sebelumnya > minggu lalu
pekan sebelumnya > pekan lalu
17 an agustus > 17 agustus
1 setengah jam lalu > 90 menit lalu
2 setengah jam lalu > 150 menit lalu
setengah bulan lalu > 15 hari lalu
setengah tahun lalu > 6 bulan lalu
hari je lalu > hari lalu
sedang ini > sekarang
ini masih berlangsung > sekarang masih berlangsung
jam hanya > jam 8
hari sudah lalu > hari lalu
hari sudah lewat > hari lalu
minggu sudah lalu > minggu lalu
bulan sudah lalu > bulan lalu
still going > masih berlangsung
still happening > masih berlangsung
happening sekarang > sedang berlangsung
masih jalan > masih berlangsung
jam makan siang > siang
waktu makan siang > siang
waktu istirahat siang > siang
jam istirahat siang > siang
lunch break > siang
lunch hour > siang
jam pertama > pagi
istirahat pertama > pagi
bel masuk > pagi
upacara bendera > upacara pagi
pulang kantor > pulang sore
pulang kerja > pulang sore
pagi umun > subuh
mari subuh > habis subuh
mari dzuhur > habis dzuhur
mari ashar > habis ashar
mari maghrib > habis maghrib
mari isya > habis isya
mau habis subuh > tadi habis subuh
mau habis dzuhur > tadi habis dzuhur
mau habis ashar > tadi habis ashar
mau habis maghrib > tadi habis maghrib
malam suntuk > malam
setengah an jam lalu > 30 menit lalu
hari kebelakang > hari terakhir
minggu kebelakang > minggu terakhir
minggu hadap > minggu depan
bulan hadap > bulan depan
dek malam > tadi malam
ndek malam > tadi malam
dek pagi > tadi pagi
ndek pagi > tadi pagi
dek sore > kemarin sore
first pekan > pekan pertama
second pekan > pekan kedua
third pekan > pekan ketiga
isuk ini > pagi ini
hari tadi > hari lalu
tempo hari > beberapa hari lalu
kapan hari > beberapa hari lalu
pekan sebelum last > 2 pekan lalu
fortnight lalu > 2 pekan lalu
a fortnight lalu > 2 pekan lalu
jumat bersih > jumat
jumat sehat > jumat
jumat berkah > jumat
bukan kemarin kemarin lagi > kemarin dulu
bukan kemarin kemarin > kemarin dulu
bukan kemarin tapi kemarin lagi > kemarin dulu
isuk mau > tadi pagi
isuk tadi > tadi pagi
tadi isuk > tadi pagi
kala kemarin > kemarin
dek kemarin > kemarin
ndek kemarin > kemarin
bulan tadi > bulan lalu
tahun tadi > tahun lalu
bulan semalam > bulan lalu
bulan samalam > bulan lalu
tahun samalam > tahun lalu
kemarin isuk > kemarin pagi
isuk pagi > besok pagi
malam endau > tadi malam
pagi endau > tadi pagi
siang endau > tadi siang
sore endau > tadi sore
hari tuh > hari ini
hari toh > hari ini
last malam > tadi malam
this pagi > tadi pagi
this siang > tadi siang
this malam > malam ini
this pekan > pekan ini
this bulan > bulan ini
just sekarang > barusan
hanyar tadi > barusan
hanyar haja > barusan
hanyar saja > barusan
lagek tadi > barusan
baru bae > barusan
nembe mawon > barusan
earlier today > tadi
earlier hari ini > tadi
the other hari > beberapa hari lalu
other hari > beberapa hari lalu
a while lalu > beberapa hari lalu
lama time lalu > sudah lama
long time lalu > sudah lama
long lalu > sudah lama
no idea waktu > tidak tahu waktu
tidak sure waktu > tidak tahu waktu
tidak sure > tidak tahu
couldn't ingat > tidak ingat
a beberapa hari lalu > beberapa hari lalu
a beberapa pekan lalu > beberapa pekan lalu
an hour lalu > 1 jam lalu
sampai dengan > sampai
sampai dgn > sampai
baru saja > barusan
baru aja > barusan
baru tadi > tadi
saat ini > sekarang
waktu ini > sekarang
hari sebelum kemarin > kemarin dulu
kemarin sebelumnya > kemarin dulu
kemarin sana > kemarin dulu
hari sesudah besok > lusa
hari habis besok > lusa
lusa kemarin > kemarin dulu
kemarin lusa > kemarin dulu
kemarin kemarin > beberapa hari lalu
dini hari > dini-hari
dahulu hari > dini-hari
pagi buta > subuh
tengah hari > siang
tangah hari > siang
siang bolong > siang
tengah malam jam > malam jam
tengah malam > malam jam 12
sholat jumat > jumatan jumat
salat jumat > jumatan jumat
solat jumat > jumatan jumat
shalat jumat > jumatan jumat
kurang lebih > sekitar
lebih kurang > sekitar
setengah jam lalu > 30 menit lalu
setengah jam lewat > 30 menit lalu
kalau tidak salah > kayaknya
kalo tidak salah > kayaknya
klo tidak salah > kayaknya
tidak salah > kayaknya
tidak yakin > tidak tahu
kurang tahu > tidak tahu
kurang ingat > tidak ingat
akhir minggu > akhir pekan
tengah bulan > pertengahan bulan
an jam lalu > 1 jam lalu
a hari lalu > 1 hari lalu
a pekan lalu > 1 pekan lalu
a tahun lalu > 1 tahun lalu
a bulan lalu > 1 bulan lalu
akhir ini > beberapa hari lalu
belakangan ini > beberapa hari lalu
baru baru ini > beberapa hari lalu
baru ini > beberapa hari lalu
"""
