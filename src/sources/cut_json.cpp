#include "sources/cut_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace muniment::sources {
namespace {

enum class Meaning : unsigned char { kOther, kBlank, kText, kOpens, kCloses };

constexpr std::array<Meaning, 256> meanings() {
  std::array<Meaning, 256> table{};
  for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<unsigned char>(c)] = Meaning::kBlank;
  for (const char c : {'{', '['}) table[static_cast<unsigned char>(c)] = Meaning::kOpens;
  for (const char c : {'}', ']'}) table[static_cast<unsigned char>(c)] = Meaning::kCloses;
  table['"'] = Meaning::kText;
  return table;
}
constexpr auto kMeaning = meanings();

// Not zero when one of the eight bytes is.  (Sean Anderson, "Bit Twiddling Hacks": a word with a zero byte.)
constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - kOnes) & ~word & (kOnes << 7);
}

// The first quotation mark, backslash or line feed from `at` on; else the end.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  const auto is_end = [](char c) { return c == '"' || c == '\\' || c == '\n'; };
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((zero_bytes(word ^ kOnes * '"') | zero_bytes(word ^ kOnes * '\\') |
         zero_bytes(word ^ kOnes * '\n')) != 0)
      break;
  }
  while (at < text.size() && !is_end(text[at])) ++at;
  return at;
}

}  // namespace

void JsonCutter::look(std::string_view held, bool last, std::vector<Slice>& records) {
  auto at = at_;  // kept at hand: whatever is read might be part of this object, for all the compiler knows
  auto in = in_;
  while (at < held.size()) {
    if (in == In::kEscape) {
      in = In::kText;
      ++at;
    } else if (in == In::kText) {
      at = end_of_plain(held, at);
      if (at == held.size()) break;
      const char c = held[at];
      in = c == '\\' ? In::kEscape : In::kNothing;
      if (c == '\n') continue;  // no text goes over the end of a line: the line is broken
      if (c == '"') end_of_text(held, at);
      ++at;
    } else {
      const char c = held[at];
      const auto meaning = kMeaning[static_cast<unsigned char>(c)];
      if (meaning == Meaning::kText) {
        in = In::kText;
        text_ = at;
      } else if (meaning == Meaning::kOpens) {
        if (c == '{') mend(at, records);
        open(c, at);
      } else if (meaning == Meaning::kCloses) {
        close(c, at, records);
      }
      if (c == ',') key_ = false;
      if (meaning != Meaning::kBlank) before_ = c;
      ++at;
    }
  }
  at_ = at;
  in_ = in;
  // What breaks off in the middle is a record that nobody can read, and is said to be.
  if (last && record_depth_ != 0 && !ended_ && held.size() > record_) {
    records.push_back({record_, held.size() - record_});
    ended_ = true;
  }
}

// An object right after a value is no JSON: the line before broke off, and here the next one begins.
void JsonCutter::mend(std::size_t at, std::vector<Slice>& records) {
  const bool may_stand = before_ == '\0' || before_ == ',' || before_ == '[' || before_ == ':';
  if (base_ != 1 || record_depth_ != 1 || may_stand) return;
  records.push_back({record_, at - record_});
  record_depth_ = 0;
  depth_ = 0;
}

void JsonCutter::open(char c, std::size_t at) {
  ++depth_;
  const bool is_list = c == '[';
  if (depth_ == 1) {
    base_ = is_list ? 2 : 1;
    found_list_ = false;
  }
  // The object at the top is a record until it turns out to hold the list.
  if (depth_ == 2 && is_list && key_ && !found_list_ && base_ == 1) {
    found_list_ = true;
    base_ = 3;
    record_depth_ = 0;
  }
  key_ = false;
  if (!is_list && depth_ == base_ && record_depth_ == 0) {
    record_ = at;
    record_depth_ = depth_;
    // An object at the top may still turn out to hold the list.
    if (!has_head_ && (depth_ > 1 || list_.empty())) {
      head_ = at;
      has_head_ = true;
    }
  }
}

void JsonCutter::close(char c, std::size_t at, std::vector<Slice>& records) {
  if (c == '}' && record_depth_ != 0 && depth_ == record_depth_) {
    records.push_back({record_, at + 1 - record_});
    record_depth_ = 0;
  }
  if (depth_ != 0) --depth_;
  if (found_list_ && depth_ == 1) base_ = 0;  // after the list nothing of this object is a record
}

void JsonCutter::end_of_text(std::string_view held, std::size_t at) {
  if (list_.empty() || depth_ != 1 || found_list_) return;
  key_ = false;
  for (std::string_view names = list_; !names.empty();) {
    const auto end = std::min(names.find('|'), names.size());
    key_ = key_ || held.substr(text_ + 1, at - text_ - 1) == names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
  }
}

void JsonCutter::drop(std::size_t count) {
  at_ -= count;
  record_ -= std::min(count, record_);
  text_ -= std::min(count, text_);
}

}  // namespace muniment::sources
