#include "bundle/pieces.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "bundle/plain_letters.hpp"

namespace muniment::bundle {
namespace {

constexpr std::size_t kLongest = 32;
constexpr std::size_t kShortestAlone = 3;
constexpr std::size_t kShortestAmong = 4;
constexpr std::size_t kShortestCut = 6;
constexpr std::size_t kShortestMarked = 4;
constexpr std::size_t kMostPieces = 4;
constexpr std::size_t kMostMarks = 8;    // bytes of mark-up inside a word
constexpr std::size_t kMostBetween = 8;  // bytes between two single letters
constexpr std::size_t kMostIndent = 64;  // bytes between a hyphen and the rest of a word

using Each = std::function<void(const Word&)>;

std::string_view between(std::string_view text, const Word& a, const Word& b) {
  return text.substr(a.end, b.begin - a.end);
}

// Han, Kana and the like give a word a code point, and none of them is a letter of an alphabet.
bool is_ideograph(std::string_view text, const Word& word) {
  const auto first = static_cast<unsigned char>(text[word.begin]);
  return first >= 0xE3 && first <= 0xEE;
}

// The plain letter that `word` is; 0 when it is none or more.
char32_t single_letter(std::string_view text, const Word& word) {
  if (word.length > 3 || word.digits || is_ideograph(text, word)) return 0;
  const auto letters = letters_of(text, word);
  return letters.size() == 1 && (word.letters || (letters[0] >= U'a' && letters[0] <= U'z')) ? letters[0] : 0;
}

bool letters_go_on(std::string_view gap) {
  return gap.size() <= kMostBetween && gap.find_first_of("@<>\"'=:;()[]{}\\&%#") == std::string_view::npos;
}

Word word_of(std::uint64_t hash, const Word& first, const Word& last, std::size_t letters) {
  return {0, hash, first.begin, last.end, static_cast<std::uint32_t>(letters), false, true};
}

// Which letters are to be taken by their looks is seen when they stand together.
std::u32string together(std::u32string letters) {
  std::string spelled;
  for (const char32_t letter : letters) base::append_utf8(spelled, letter);
  if (spelled.size() == letters.size()) return letters;
  auto plain = plain_letters(spelled);
  return plain.size() == letters.size() ? plain : letters;
}

void each_among(const std::vector<Word>& words, std::size_t first, std::u32string_view letters,
                const Each& each) {
  for (std::size_t from = 0; from < letters.size(); ++from) {
    PlainHash hash;
    for (std::size_t n = 1; n <= kLongest && from + n <= letters.size(); ++n) {
      const auto key = hash.add(letters[from + n - 1]);
      if (n >= kShortestAmong || (n == kShortestAlone && n == letters.size()))
        each(word_of(key, words[first + from], words[first + from + n - 1], n));
    }
  }
}

void each_spelled(std::string_view text, const std::vector<Word>& words, const Each& each) {
  std::u32string letters;
  for (std::size_t i = 0; i <= words.size(); ++i) {
    const char32_t letter = i < words.size() ? single_letter(text, words[i]) : 0;
    const bool goes_on =
        letter != 0 && !letters.empty() && letters_go_on(between(text, words[i - 1], words[i]));
    if (!goes_on) {
      if (letters.size() >= kShortestAlone) each_among(words, i - letters.size(), together(letters), each);
      letters.clear();
    }
    if (letter != 0) letters.push_back(letter);
  }
}

// As Markdown and the like have it for emphasis: "Har**row**".
constexpr std::string_view kMarks = "*_~`\\|";
constexpr std::string_view kEmphasis = "*~`";  // those that stand in nothing else

// Soon said of most words: after this one there is no hyphen and no mark-up.  It is not the last.
inline bool may_be_cut(std::string_view text, const Word& word) {
  const char next = text[word.end];
  const bool cut = next == '-' || next == '\xC2' || next == '\xE2' || kMarks.find(next) != kMarks.npos;
  return cut && word.letters;
}

bool is_marked(std::string_view text, const Word& a, const Word& b) {
  const auto gap = between(text, a, b);
  return !gap.empty() && gap.size() <= kMostMarks && gap.find_first_not_of(kMarks) == std::string_view::npos;
}

// A hyphen, soft ones too, and after it nothing, or the end of a line.
bool is_cut(std::string_view text, const Word& a, const Word& b) {
  const auto gap = between(text, a, b);
  if (gap.empty() || gap.size() > kMostIndent) return false;
  std::size_t at = 0;
  const char32_t c = base::next_code_point(gap, at);
  if (c != U'-' && c != 0x00AD && c != 0x2010 && c != 0x2011) return false;
  return gap.find_first_not_of(" \t\r\n", at) == std::string_view::npos &&
         (at == gap.size() || std::count(gap.begin(), gap.end(), '\n') == 1);
}

void each_cut(std::string_view text, const std::vector<Word>& words, const Each& each) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!may_be_cut(text, words[i])) continue;
    PlainHash hash;
    hash.add(letters_of(text, words[i]));
    std::size_t letters = words[i].length;
    std::size_t shortest = kShortestMarked;
    for (std::size_t j = i + 1; j < std::min(i + kMostPieces, words.size()); ++j) {
      const bool hyphen = is_cut(text, words[j - 1], words[j]);
      if (!words[j].letters || (!hyphen && !is_marked(text, words[j - 1], words[j]))) break;
      if (hyphen) shortest = kShortestCut;
      letters += words[j].length;
      if (letters > kLongest) break;
      const auto key = hash.add(letters_of(text, words[j]));
      if (letters >= shortest) each(word_of(key, words[i], words[j], letters));
    }
  }
}

}  // namespace

std::vector<Word> over_line_ends(std::string_view text, const std::vector<Word>& words) {
  const auto goes_over = [&](const Word& a, const Word& b) {
    if (!may_be_cut(text, a) || !b.letters) return false;
    const bool over_line = is_cut(text, a, b) && between(text, a, b).find('\n') != std::string_view::npos;
    return over_line || (is_marked(text, a, b) && kEmphasis.find(text[a.end]) != std::string_view::npos);
  };
  std::vector<Word> out;
  PlainHash hash;  // of the last in `out`, while it goes on
  bool goes_on = false;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool cut = goes_over(words[i], words[i + 1]);
    if (!cut) {
      if (!out.empty()) out.push_back(words[i + 1]);
    } else {
      if (out.empty()) out.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      if (!goes_on) {
        hash = PlainHash();
        hash.add(letters_of(text, words[i]));
      }
      const auto key = hash.add(letters_of(text, words[i + 1]));
      out.back() = word_of(key, out.back(), words[i + 1], out.back().length + words[i + 1].length);
    }
    goes_on = cut;
  }
  return out;
}

void each_in_pieces(std::string_view text, const std::vector<Word>& words, const Each& each) {
  each_spelled(text, words, each);
  each_cut(text, words, each);
}

}  // namespace muniment::bundle
