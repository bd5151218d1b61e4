#include "bench/vocabulary.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <unordered_set>

namespace muniment::bench {
namespace {

// Real words stand at the head of the English vocabulary, so that queries for the commonest words are real
// ones.
constexpr char kEnglishHead[] =
    "the to and a of in is for on you it that we are be this have with not at as was but they our your will "
    "from "
    "can all has my if there been what so do more about when by out or an no who up just their get now how "
    "one "
    "would any please know still why again today council water road work people time back over please week "
    "office "
    "need here after help call told down local then them town bin open closed street park only bus other "
    "could good "
    "thanks morning sorry night problem school library repair report asked answer street light housing team "
    "records";

constexpr char kEnglish[] =
    "b br c ch d f fl g gr h j k l m n p pr qu r s sh st t th tr v w wr | a e i o u ea ou ai oo ie | "
    "b ck d g l ll m n nd ng nt p r rd rn s st t th x";
constexpr char kRomance[] = "b c ch d f g j l m n p qu r s t tr v z | a e i o u ía é ó ñe ué | l m n r s z";
constexpr char kGerman[] =
    "b br d f g h k kl l m n p r s sch st t w z | a e i o u ä ö ü ei au | b ch d g l n nd r rt s t ß";
constexpr char kFrench[] = "b c ch d f g j l m n p r s t v | a e é è i o u ou ai eau | c l n nt r s t x";
constexpr char kRussian[] =
    "б в г д ж з к л м н п р с т ф х ч ш | а е и о у ы э ю я | в д й к л м н р с т ть";
constexpr char kArabic[] = "ا ب ت ج ح خ د ر س ش ص ط ع ف ق ك ل م ن ه و | ا و ي | ب د ر ة س ل م ن";
constexpr char kHindi[] = "क ख ग घ च ज ट ड त थ द न प ब भ म य र ल व स ह | ा ि ी ु े ो | न र ल त म स";
constexpr char kHan[] =
    "水 市 民 路 工 作 人 时 间 今 天 明 谢 请 问 题 公 共 区 府 会 议 学 校 图 书 馆 电 话 回 复 修 理 街 "
    "灯 房 屋 车 站 海 港 | | "
    "不 了 的 是 在 有 我 们 你 他 这 那 大 小 上 下 中 出 来 去";
constexpr char kKana[] =
    "か き く さ し す た ち て な に は ま み も や ゆ ら り わ 港 水 道 市 役 | あ い う え お | ん る た "
    "の に は を です";

struct Syllables {
  std::vector<std::string> head, core, tail;
};

Syllables parse(const char* text) {
  Syllables out;
  std::vector<std::string>* parts[] = {&out.head, &out.core, &out.tail};
  std::size_t at = 0;
  std::istringstream in(text);
  for (std::string piece; in >> piece;) {
    if (piece == "|") {
      ++at;
    } else {
      parts[std::min<std::size_t>(at, 2)]->push_back(piece);
    }
  }
  if (out.core.empty()) out.core = {""};
  return out;
}

const std::string& any(Dice& dice, const std::vector<std::string>& of) {
  return of[dice.below(of.size())];
}

// Common words are short, as in every language.
std::string invent(Dice& dice, const Syllables& syllables, std::size_t rank) {
  const std::size_t least = rank < 200 ? 1 : 2;
  const std::size_t count = least + dice.below(rank < 3000 ? 2 : 3);
  std::string word;
  for (std::size_t i = 0; i < count; ++i) word += any(dice, syllables.head) + any(dice, syllables.core);
  if (dice.chance(60)) word += any(dice, syllables.tail);
  return word;
}

Language make(const char* code, unsigned percent, const char* syllables, bool spaced, const char* head = "") {
  Language language;
  language.code = code;
  language.percent = percent;
  language.spaced = spaced;
  Dice dice(static_cast<std::uint64_t>(code[0]) * 256 + static_cast<std::uint64_t>(code[1]));
  const Syllables parts = parse(syllables);
  std::unordered_set<std::string> seen;
  std::istringstream in(head);
  for (std::string word; in >> word;)
    if (seen.insert(word).second) language.words.push_back(word);
  while (language.words.size() < kVocabulary) {
    std::string word = invent(dice, parts, language.words.size());
    if (seen.insert(word).second) language.words.push_back(std::move(word));
  }
  for (std::size_t i = 0; i < kVocabulary; ++i)
    language.next.push_back(static_cast<std::uint32_t>(zipf(dice)));
  return language;
}

std::vector<double> cumulative() {
  std::vector<double> sums;
  double sum = 0;
  for (std::size_t rank = 1; rank <= kVocabulary; ++rank) {
    sum += 1.0 / std::pow(static_cast<double>(rank) + 1.7, 1.1);
    sums.push_back(sum);
  }
  for (auto& value : sums) value /= sum;
  return sums;
}

}  // namespace

const std::vector<Language>& languages() {
  static const std::vector<Language> all = [] {
    std::vector<Language> made;
    made.push_back(make("en", 58, kEnglish, true, kEnglishHead));
    made.push_back(make("es", 9, kRomance, true, "de la que el en y a los"));
    made.push_back(make("de", 8, kGerman, true, "die der und in zu den das nicht"));
    made.push_back(make("fr", 7, kFrench, true, "de la le et les des en un"));
    made.push_back(make("ru", 5, kRussian, true, "в и не на я что с по"));
    made.push_back(make("ar", 4, kArabic, true, "في من على أن لا ما"));
    made.push_back(make("hi", 3, kHindi, true, "के में है की और से"));
    made.push_back(make("zh", 3, kHan, false));
    made.push_back(make("ja", 3, kKana, false));
    return made;
  }();
  return all;
}

std::size_t zipf(Dice& dice) {
  static const std::vector<double> sums = cumulative();
  const auto at = std::lower_bound(sums.begin(), sums.end(), dice.fraction());
  return std::min(static_cast<std::size_t>(at - sums.begin()), kVocabulary - 1);
}

}  // namespace muniment::bench
