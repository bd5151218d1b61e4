#include "index/words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "base/utf8.hpp"
#include "index/spelling.hpp"

namespace muniment::index {
namespace {

bool is_private(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

bool is_thai_lao_burmese_or_khmer(char32_t c) {
  return (c >= 0x0E01 && c <= 0x0E4E) || (c >= 0x0E81 && c <= 0x0ECE) || (c >= 0x1000 && c <= 0x103F) ||
         (c >= 0x1050 && c <= 0x108F) || (c >= 0x1780 && c <= 0x17D3);
}

bool stands_alone(char32_t c) {
  return is_thai_lao_burmese_or_khmer(c) || (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Bytes that end a run of plain ones: the first letters of links, and all beyond ASCII.
constexpr auto kEndsRun = [] {
  std::array<bool, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte)
    out[byte] = byte >= 0x80 || byte == 'h' || byte == 'H' || byte == 'w' || byte == 'W';
  return out;
}();

// A letter of two bytes; 0: it is none.
char32_t two_bytes(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(at) < 0xC2 || byte(at) > 0xDF || at + 1 == text.size() || (byte(at + 1) & 0xC0) != 0x80) return 0;
  return static_cast<char32_t>((byte(at) & 0x1FU) << 6U | (byte(at + 1) & 0x3FU));
}

// How many bytes at the start of `text` are link noise.
std::size_t link_noise(std::string_view text) {
  std::size_t size = 0;
  const auto begins = [&](std::string_view what) {
    if (text.size() < size + what.size()) return false;
    for (std::size_t i = 0; i < what.size(); ++i)
      if ((text[size + i] | 0x20) != (what[i] | 0x20)) return false;
    size += what.size();
    return true;
  };
  if (!begins("https://")) (void)begins("http://");
  (void)begins("www.");
  return size;
}

bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr int kNameDigits = 10;
constexpr int kItemDigits = 6;

// Five bits a digit.
void append_key(std::string& out, std::string_view mark, std::int64_t key, int digits) {
  constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz234567";
  out.append(mark);
  auto bits = static_cast<std::uint64_t>(key);
  for (int i = 0; i < digits; ++i, bits >>= 5) out.push_back(kDigits[bits & 31]);
  out.push_back(' ');
}

// A stretch of the words and what it was made from, in bytes of the text.
struct Stretch {
  std::size_t at = 0;  // in the words
  std::size_t begin = 0, end = 0;
  bool is_same = false;  // byte for byte, but for what was left out at its end
};

class Preparing {
 public:
  // `stretches` may be null.
  Preparing(std::string& out, std::string_view text, std::vector<Stretch>* stretches)
      : out_(out), start_(out.size()), text_(text), stretches_(stretches) {}

  void run() {
    const std::string_view text = text_;
    for (std::size_t at = 0;;) {
      while (at < text.size() && !kEndsRun[static_cast<unsigned char>(text[at])]) ++at;
      if (at == text.size()) break;
      if (static_cast<unsigned char>(text[at]) < 0x80)
        at += at == 0 || !is_ascii_word(text[at - 1]) ? noise_at(at) : 1;
      else if (const char32_t c = two_bytes(text, at); c != 0 && !other_[c])
        at += 2;
      else
        at = taken(at);
    }
    copy_to(text.size());
  }

 private:
  // At the beginning of a word: how far to go on.
  std::size_t noise_at(std::size_t at) {
    const std::size_t noise = link_noise(text_.substr(at));
    if (noise == 0) return 1;
    replace(at, at + noise, " ");
    return noise;
  }

  // Where what stands at `from` ends.
  std::size_t taken(std::size_t from) {
    std::size_t at = from;
    const char32_t c = base::next_code_point(text_, at);
    if (has_other_spelling(c))
      respell(from, at, c);
    else if (is_private(c))
      replace(from, at, " ");
    else if (stands_alone(c))
      replace(from, at, apart(c));
    return at;
  }

  void respell(std::size_t from, std::size_t to, char32_t c) {
    const auto spelt = plain_spelling(c);
    copy_to(from);
    if (const auto before = last_letter(); before.c != 0)
      if (const auto one = joined_spelling(before.c, spelt.size() == 1 ? spelt[0] : c); !one.empty())
        return replace(give_back(before.at, from), to, words_of(one));
    replace(from, to, words_of(spelt));
  }

  static std::string apart(char32_t c) {
    std::string out = " ";
    base::append_utf8(out, c);
    out.push_back(' ');
    return out;
  }
  static std::string words_of(const std::u32string& letters) {
    std::string out;
    for (const auto c : letters)
      if (stands_alone(c))
        out += apart(c);
      else
        base::append_utf8(out, c);
    return out;
  }

  struct Letter {
    char32_t c = 0;  // 0: there is none
    std::size_t at = 0;
  };
  // With the spaces around it, where it stands alone.
  Letter last_letter() const {
    const bool is_apart = out_.size() > start_ && out_.back() == ' ';
    const std::size_t end = out_.size() - (is_apart ? 1 : 0);
    if (end == start_) return {};
    std::size_t at = end - 1;
    while (at > start_ && (static_cast<unsigned char>(out_[at]) & 0xC0) == 0x80) --at;
    std::size_t next = at;
    const char32_t c = base::next_code_point(out_, next);
    if (is_apart != stands_alone(c)) return {};
    return {c, at - (is_apart ? 1 : 0)};
  }

  // Forgets the words from `at` on, and answers where in the text they came from; `otherwise` unless that is
  // kept.
  std::size_t give_back(std::size_t at, std::size_t otherwise) {
    out_.resize(at);
    if (stretches_ == nullptr) return otherwise;
    while (stretches_->back().at > at) stretches_->pop_back();
    auto& last = stretches_->back();
    const std::size_t begin = last.is_same ? last.begin + (at - last.at) : last.begin;
    last.end = begin;
    if (last.at == at) stretches_->pop_back();
    return begin;
  }

  void replace(std::size_t from, std::size_t to, std::string_view words) {
    copy_to(from);
    note(from, to, words.empty(), false);
    out_.append(words);
    plain_ = to;
  }
  void copy_to(std::size_t end) {
    if (end <= plain_) return;
    note(plain_, end, false, true);
    out_.append(text_.substr(plain_, end - plain_));
    plain_ = end;
  }
  // What is left out belongs to what stands before it.
  void note(std::size_t begin, std::size_t end, bool is_left_out, bool is_same) {
    if (stretches_ == nullptr) return;
    if (!is_left_out)
      stretches_->push_back({out_.size(), begin, end, is_same});
    else if (!stretches_->empty())
      stretches_->back().end = end;
  }

  std::string& out_;
  const std::size_t start_;
  const std::string_view text_;
  std::vector<Stretch>* stretches_;
  const std::bitset<0x800>& other_ = other_spellings();
  std::size_t plain_ = 0;  // where the bytes not yet copied begin
};

// Words and where they came from.
struct Prepared {
  std::string words;
  std::vector<Stretch> stretches;

  std::vector<Stretch>::const_iterator around(std::size_t at) const {
    return std::prev(std::ranges::upper_bound(stretches, at, {}, &Stretch::at));
  }
  std::size_t begin_of(std::size_t at) const {
    const auto one = around(at);
    return one->is_same ? one->begin + (at - one->at) : one->begin;
  }
  std::size_t end_of(std::size_t end) const {
    const auto one = around(end - 1);
    const auto next = std::next(one);
    const bool is_whole = end == (next == stretches.end() ? words.size() : next->at);
    return is_whole || !one->is_same ? one->end : one->begin + (end - one->at);
  }
};

}  // namespace

void append_words(std::string& out, std::string_view text) {
  Preparing(out, text, nullptr).run();
  out.push_back(' ');
}

Status each_word(const db::Tokenizer& tokenizer, std::string_view text, const db::Tokenizer::Visit& visit) {
  Prepared prepared;
  Preparing(prepared.words, text, &prepared.stretches).run();
  return tokenizer.each(prepared.words, [&](std::string_view folded, std::size_t begin, std::size_t end) {
    visit(folded, prepared.begin_of(begin), prepared.end_of(end));
  });
}

namespace facet {
void append_platform(std::string& out, std::int64_t key) {
  append_key(out, "\xEE\x80\x80p", key, kNameDigits);
}
void append_source(std::string& out, std::int64_t key) {
  append_key(out, "\xEE\x80\x80s", key, kNameDigits);
}
void append_account(std::string& out, std::int64_t key) {
  append_key(out,
             "\xEE\x80\x80"
             "a",
             key, kNameDigits);
}
void append_answers(std::string& out, std::int64_t item_key) {
  append_key(out, "\xEE\x80\x81", item_key, kItemDigits);
}
void append_alias(std::string& out, std::int64_t item_key) {
  append_key(out, "\xEE\x80\x82", item_key, kItemDigits);
}
void append_form_of(std::string& out, std::int64_t item_key) {
  append_key(out, "\xEE\x80\x83", item_key, kItemDigits);
}
}  // namespace facet

}  // namespace muniment::index
