#include "sources/cut_json.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

void JsonCutter::look(std::string_view held, bool last, std::vector<Slice>& records) {
  while (at_ < held.size()) {
    if (in_ == In::kEscape) {
      in_ = In::kText;
      ++at_;
    } else if (in_ == In::kText) {
      while (at_ < held.size() && held[at_] != '"' && held[at_] != '\\' && held[at_] != '\n') ++at_;
      if (at_ == held.size()) break;
      if (held[at_] == '\n') {  // no text goes over the end of a line: the line is broken
        in_ = In::kNothing;
        continue;
      }
      in_ = held[at_] == '\\' ? In::kEscape : In::kNothing;
      if (in_ == In::kNothing) end_of_text(held, at_);
      ++at_;
    } else {
      const char c = held[at_];
      const auto meaning = kMeaning[static_cast<unsigned char>(c)];
      if (meaning == Meaning::kText) {
        in_ = In::kText;
        text_ = at_;
      } else if (meaning == Meaning::kOpens) {
        if (c == '{') mend(at_, records);
        open(c, at_);
      } else if (meaning == Meaning::kCloses) {
        close(c, at_, records);
      }
      if (c == ',') key_ = false;
      if (meaning != Meaning::kBlank) before_ = c;
      ++at_;
    }
  }
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
