"""Names people bear in Indonesia, by which one written without a capital is known behind "pak": "pak joko susilo"."""

import re

from handlers.spoken import listed

_BORNE = listed(
    "abdul abdullah abdurrahman achmad adi adit aditya afif agung agus agustina agustinus ahmad aida aisyah ajeng",
    "akbar alamsyah albert alex alfi alfian ali alia alwi amalia amelia amin aminah amir amran anang andi andika",
    "andre andreas andri andrian anggi anggraini ani anis anisa anita anna anto anton antoni anwar arbain ari arif",
    "arifin arini aris aryanto asep asih asmara asri astuti ayu azis azizah bagas bagus bahri bahrul bambang basri",
    "basuki bayu bejo benny bowo budi budiman burhan cahyo cahyono candra catur chairul charles christin cindy citra",
    "dadang damar dani daniel danu darius darma darmawan darsono darto dayat deden dedi deni desi devi dewi dian",
    "diana didi didik dika dimas dina diyah djatmiko djoko doni dwi dwiyanti dyah edi edo edwin edy eka eko ela elisa",
    "elly emi endah endang endro eni erik erlina erna ernawati erni ersa erwin eva evi fadil fadli fahmi fahri fahrul",
    "faisal fajar farah farid farida fatimah fauzan fauzi fauziah febri feri ferry fikri firman fitri fitriani galih",
    "gani gatot gilang gito gunawan guntur gusti hadi hafiz haikal hairul hakim halim halimah hamdan hamid hamzah",
    "hana handayani hani hardi haris hariyanto harjo harno harry hartati hartini hartono haryanto haryati haryono",
    "hasan hasanah hasnah hendi hendra hendri hendro heni henny herdi heri herlina herman hermawan hermin herry heru",
    "hesti hidayat hidayati husain husin husna ibnu ibrahim ida idris ika ikhsan ilham ilyas imron indah indra indri",
    "irfan irma irwan ismail isman ismawati istiqomah ita iwan jainal jaka jamilah jaya jefri jhoni joko joni juliana",
    "jumadi jumiati junaidi kadir kamal karim karsono kartika kartini kasim khairul khalid kholifah komar krisna",
    "kuncoro kurnia kurniawan kusuma laksono lasmi legiman leni lestari lia lilik lilis lina linda lisa lukman lusi",
    "lutfi maharani mahendra mahmud maimunah makmur maman mardi margono maria mariana marlina marni martono marwan",
    "maryam maryani marzuki maulana mega melati meri mira misbah muchlis muh muhamad muhammad mukhlis mulyadi mulyana",
    "mulyani mulyono munir mursid muslim mustafa mustofa nana nanang nanik nasrullah nasution natalia ngatmin nia",
    "nila nina ningsih nita novi nugroho nunik nunung nur nurdin nurhayati nuri nurjanah nurlaila nurul oka oki",
    "oktavia paijo pamungkas parjo parman parno permana permata ponidi poniman prabowo pramono pranoto prasetyo",
    "pratama pratiwi prayitno priyanto puji pujiono purnomo purwadi purwanto puspita puspitasari putra putri raden",
    "rafi rahardjo rahayu rahim rahmad rahman rahmat rahmawati raka ramli rani rasyid ratih ratna reni reno ria rian",
    "rida ridho riduan ridwan riki rina rini risa riska rita riyadi riyanto rizal rizki robert robi rohani rohmah",
    "rohman romi roni rosa rosi rosidah roy rudi rudy rukmini rusdi rusli rusman rusmini rustam sabri sadikin safitri",
    "safri saiful saleh salim salma salman samsudin samsul sandi santi santosa santoso sapto sari sarni sarwono",
    "sasmito sasongko satria satrio selamet septi setiawan setyo shinta sigit silvia simanjuntak simon sinta siregar",
    "siska siswanto siti slamet sofyan soleh solihin solikin sopian sri subagyo subandi subekti sucipto sudarmo",
    "sudarsono sudirman sugeng sugianto sugiono suharti suharto suhendra sujarwo sujono sukardi sukarman sukirman",
    "sulaiman sulastri sulis sulistyo sulistyowati sumardi sumarni sumarno sumarsono sumiati suminah sunardi sunarto",
    "supardi suparman suparno supeno supri supriadi supriyadi supriyanto suroso surya suryadi suryani susana susanti",
    "susanto susi susilo sutarno sutejo sutopo sutrisno suwandi suwardi suwarno suyanto suyono syafii syafrudin",
    "syahputra syahrul syaiful syamsul syarif syarifah tamrin tarigan taufik tedi teguh tejo tika tini titin tomi",
    "tono totok tri tris trisno tukiman tuti udin ujang ulfa umar umi untari usman utami vera veri vina wagiman wahid",
    "wahono wahyu wahyudi wahyuni waluyo wanto warno warsito wati wawan wibisono wibowo widi widodo widyawati wijaya",
    "wiji winarno winarti winata wiranto wisnu wiwik wiwin wulan wulandari yadi yahya yani yanti yanto yayan yayuk",
    "yeni yoga yogi yohanes yono yosef yosi yudha yudi yuli yuliana yuliani yulianti yuniarti yunita yunus yusman",
    "yusran yusuf yuwono zaenal zainal zaini zainuddin zakaria zubaidah zul zulkifli",
)
_ENDS = re.compile(
    r"[a-z]{2,}(?:wati|yanto|wanto|dianto|yono|ningsih|uddin|rudin|ansyah|insyah|yansyah|yanti|wijaya|kinah|minah|timan|kiman|sono)"
)


def is_borne(word: str) -> bool:
    """Tell whether a word of small letters is somebody's name, and hardly anything else."""
    return word in _BORNE or _ENDS.fullmatch(word) is not None
