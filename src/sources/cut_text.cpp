#include "sources/cut_text.hpp"

#include <algorithm>

namespace muniment::sources {
namespace {

constexpr std::size_t kMostEnvelope = 1'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// "From jo@town.example Fri May  1 10:00:00 2026": a clock and a year tell it from prose.
bool is_envelope(std::string_view line) {
  if (!line.starts_with("From ") || line.size() > kMostEnvelope) return false;
  bool has_clock = false;
  for (std::size_t i = 7; i + 2 < line.size(); ++i)
    if (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i + 1])) has_clock = true;
  std::size_t digits = 0;
  bool has_year = false;
  for (const char c : line) {
    digits = is_digit(c) ? digits + 1 : 0;
    has_year = has_year || digits == 4;
  }
  return has_clock && has_year;
}

bool is_blank_before(std::string_view held, std::size_t at) {
  if (at == 0) return true;
  if (at >= 2 && held[at - 2] == '\n') return true;
  return at >= 3 && held[at - 2] == '\r' && held[at - 3] == '\n';
}

}  // namespace

void MailCutter::look(std::string_view held, bool last, std::vector<Slice>& records) {
  while (at_ < held.size()) {
    const auto end = held.find('\n', at_);
    if (end == std::string_view::npos && !last) return;
    const auto line = held.substr(at_, end == std::string_view::npos ? end : end - at_);
    if (is_envelope(line) && (is_blank_before(held, at_) || !open_)) {
      if (open_) records.push_back({record_, at_ - record_});
      record_ = at_;
      open_ = true;
    }
    at_ = end == std::string_view::npos ? held.size() : end + 1;
  }
  if (last && open_) {
    records.push_back({record_, held.size() - record_});
    open_ = false;
  }
}

void MailCutter::drop(std::size_t count) {
  at_ -= count;
  record_ -= std::min(count, record_);
}

void ElementCutter::look(std::string_view held, bool last, std::vector<Slice>& records) {
  constexpr std::string_view kCdata = "<![CDATA[";
  while (at_ < held.size()) {
    const auto at = held.find('<', at_);
    if (at == std::string_view::npos) {
      at_ = held.size();
      break;
    }
    at_ = at;
    const auto rest = held.substr(at);
    if (rest.size() < kCdata.size() + 1 && !last) return;
    const bool is_cdata = rest.starts_with(kCdata);
    if (is_cdata || rest.starts_with("<!--")) {
      const auto end = held.find(is_cdata ? "]]>" : "-->", at + 4);
      if (end == std::string_view::npos) {
        if (last) at_ = held.size();
        return;
      }
      at_ = end + 3;
      continue;
    }
    if (!open_ && rest.starts_with("<item") && rest.size() > 5 &&
        (rest[5] == '>' || rest[5] == ' ' || rest[5] == '\n' || rest[5] == '\r' || rest[5] == '\t')) {
      if (!found_) head_ = at;
      found_ = open_ = true;
      record_ = at;
    } else if (open_ && rest.starts_with("</item>")) {
      records.push_back({record_, at + 7 - record_});
      open_ = false;
    }
    ++at_;
  }
}

void ElementCutter::drop(std::size_t count) {
  at_ -= count;
  record_ -= std::min(count, record_);
}

}  // namespace muniment::sources
