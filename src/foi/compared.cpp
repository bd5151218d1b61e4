#include "foi/compared.hpp"

#include <algorithm>
#include <string_view>

#include "foi/saying.hpp"

namespace muniment::foi {
namespace {

bool is_withheld(const PlannedField& planned, std::size_t segment) {
  return !planned.code_at(segment).empty() && !planned.out_of_scope();
}

bool says_something(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80) != 0;
  });
}

// The same bytes, cut alike.
Together compared_by_segment(const PlannedField& now, const PlannedField& then) {
  Together out;
  for (std::size_t s = 0; s < records::segment_count(now.field); ++s) {
    if (!says_something(records::segment(now.field, s))) continue;
    const bool withheld_now = is_withheld(now, s);
    if (withheld_now && then.code_at(s).empty()) out.shown_before = true;
    if (now.code_at(s).empty() && is_withheld(then, s)) out.withheld_before = then.code_at(s);
  }
  return out;
}

bool is_of_word(char c) {
  return says_something(std::string_view(&c, 1));
}

// As words, not inside of others.
bool stands_in(std::string_view text, std::string_view run) {
  for (auto at = text.find(run); at != std::string_view::npos; at = text.find(run, at + 1)) {
    const auto end = at + run.size();
    const bool begins = at == 0 || !is_of_word(text[at - 1]) || !is_of_word(run.front());
    const bool ends = end == text.size() || !is_of_word(text[end]) || !is_of_word(run.back());
    if (begins && ends) return true;
  }
  return false;
}

// The code of the first stretch of words that `from` withholds and `text` has; empty when there is none.
std::string code_of_run_in(const PlannedField& from, const std::string& text) {
  constexpr std::string_view kSpace = " \t\r\n.,;:!?";
  std::string run;
  std::string code;
  const auto stands = [&] {
    const auto first = run.find_first_not_of(kSpace);
    if (first == std::string::npos || !says_something(run)) return false;
    return stands_in(text, std::string_view(run).substr(first, run.find_last_not_of(kSpace) + 1 - first));
  };
  const auto count = records::segment_count(from.field);
  for (std::size_t s = 0; s <= count; ++s) {
    if (s < count && is_withheld(from, s)) {
      if (run.empty()) code = from.code_at(s);
      run += records::segment(from.field, s);
    } else if (!run.empty()) {
      if (stands()) return code;
      run.clear();
    }
  }
  return {};
}

Together compared_words(const PlannedField& now, const PlannedField& then) {
  return {!code_of_run_in(now, then.shown()).empty(), code_of_run_in(then, now.shown())};
}

}  // namespace

Together compared(const PlannedField& now, const PlannedField& then) {
  if (now.field.value == then.field.value && now.field.cuts == then.field.cuts)
    return compared_by_segment(now, then);
  return is_text_field(now.field.name) ? compared_words(now, then) : Together{};
}

}  // namespace muniment::foi
