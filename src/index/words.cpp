#include "index/words.hpp"

#include "base/utf8.hpp"

namespace muniment::index {
namespace {

bool is_private(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

bool stands_alone(char32_t c) {
  return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

// Only code points of these lead bytes need a look: U+3000 and above.
bool may_be_special(unsigned char lead) {
  return lead >= 0xE3;
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

}  // namespace

void append_words(std::string& out, std::string_view text) {
  std::size_t plain = 0;  // where the bytes not yet copied begin
  const auto copy_to = [&](std::size_t end) { out.append(text.substr(plain, end - plain)); };
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte | 0x20) == 'h' || (byte | 0x20) == 'w') {
      const bool starts_word = at == 0 || !is_ascii_word(text[at - 1]);
      const std::size_t noise = starts_word ? link_noise(text.substr(at)) : 0;
      if (noise > 0) {
        copy_to(at);
        out.push_back(' ');
        plain = at + noise;
      }
      at += noise > 0 ? noise : 1;
    } else if (!may_be_special(byte)) {
      ++at;
    } else {
      const std::size_t from = at;
      const char32_t c = base::next_code_point(text, at);
      if (!is_private(c) && !stands_alone(c)) continue;
      copy_to(from);
      out.push_back(' ');
      if (!is_private(c)) out.append(text.substr(from, at - from)).push_back(' ');
      plain = at;
    }
  }
  copy_to(text.size());
  out.push_back(' ');
}

Status each_word(const db::Tokenizer& tokenizer, std::string_view text, const db::Tokenizer::Visit& visit) {
  std::size_t plain = 0;
  Status outcome;
  const auto run_to = [&](std::size_t end) {
    if (end == plain || !outcome) return;
    outcome = tokenizer.each(text.substr(plain, end - plain),
                             [&](std::string_view folded, std::size_t begin, std::size_t stop) {
                               visit(folded, plain + begin, plain + stop);
                             });
  };
  for (std::size_t at = 0; at < text.size();) {
    if (!may_be_special(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    const std::size_t from = at;
    const char32_t c = base::next_code_point(text, at);
    if (!is_private(c) && !stands_alone(c)) continue;
    run_to(from);
    plain = from;
    if (!is_private(c)) run_to(at);
    plain = at;
  }
  run_to(text.size());
  return outcome;
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
}  // namespace facet

}  // namespace muniment::index
