#include "foi/raw_values.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "foi/everyday_words.hpp"
#include "foi/looked_for.hpp"
#include "foi/saying.hpp"
#include "foi/withheld_words.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongest = 2048;
constexpr std::size_t kShortestToken = 16;
constexpr std::size_t kShortestAccount = 5;  // with the @
constexpr std::size_t kShortestNumber = 8;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "2026-03-01T…": as many items say one as are of that second.
bool is_time(std::string_view value) {
  constexpr std::string_view kShape = "0000-00-00T";
  if (value.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i)
    if (kShape[i] == '0' ? !is_digit(value[i]) : value[i] != kShape[i]) return false;
  return true;
}

bool is_page(std::string_view value) {
  const auto mark = value.find("://");
  if (mark == std::string_view::npos) return false;
  const auto path = value.find_first_of("/?#", mark + 3);
  return path != std::string_view::npos && value.find_first_not_of("/?#", path) != std::string_view::npos;
}

bool is_mail(std::string_view value) {
  const auto at = value.find('@');
  return at != std::string_view::npos && at > 0 && value.find('@', at + 1) == std::string_view::npos &&
         value.find('.', at) != std::string_view::npos;
}

bool is_account(std::string_view value) {
  return value.starts_with('@') && value.size() >= kShortestAccount && !is_everyday_word(value.substr(1));
}

// Of an account, as some platforms have it beside its name; of an item.  It may be a time in another
// notation, to the second and less: other items have other ones.
bool is_number(std::string_view value) {
  return value.size() >= kShortestNumber && std::ranges::all_of(value, is_digit);
}

bool is_token(std::string_view value) {
  return value.size() >= kShortestToken && std::ranges::any_of(value, is_digit) &&
         std::ranges::any_of(value, is_letter) && !is_time(value);
}

// The place of a value is the keys that lead to it, whatever its number in a list.
using Visit = std::function<void(const std::string& place, std::string_view value)>;

void each_string(const boost::json::value& value, const std::string& place, const Visit& visit) {
  if (const auto* object = value.if_object())
    for (const auto& [key, inner] : *object) each_string(inner, place + "\n" + std::string(key), visit);
  else if (const auto* list = value.if_array())
    for (const auto& inner : *list) each_string(inner, place, visit);
  else if (const auto* text = value.if_string())
    visit(place, *text);
  else if (value.is_int64() || value.is_uint64())
    visit(place, boost::json::serialize(value));
}

// Nothing where it is no JSON.
void each_string_of(const std::string& raw, const Visit& visit) {
  boost::json::parse_options options;
  options.max_depth = kDeepest;
  boost::system::error_code wrong;
  const auto value = boost::json::parse(raw, wrong, {}, options);
  if (!wrong) each_string(value, {}, visit);
}

bool is_key_of_account(std::string_view key) {
  constexpr std::string_view kKeys[] = {"acct",    "author",      "handle",      "in_reply_to_screen_name",
                                        "login",   "nick",        "nickname",    "preferredUsername",
                                        "user",    "author_name", "screen_name", "user_name",
                                        "username"};
  return std::ranges::find(kKeys, key) != std::end(kKeys);
}

bool withholds_an_account(const PlannedEntry& entry) {
  return std::ranges::any_of(entry.fields, [](const PlannedField& planned) {
    const auto& name = planned.field.name;
    const bool account = is_of_account(name, ".handle") || is_of_account(name, ".id") ||
                         is_of_account(name, ".url") || is_of_account(name, ".name");
    return account && planned.shows_nothing() && !planned.out_of_scope();
  });
}

bool hands_out_raw(const Plan& plan) {
  return std::ranges::any_of(plan.entries, [](const PlannedEntry& entry) {
    return std::ranges::any_of(entry.fields, [](const PlannedField& planned) {
      return repeats_everything(planned.field.name) && planned.shown_whole();
    });
  });
}

std::string raw_of(const PlannedEntry& entry) {
  return text_of(entry, parts_of(entry, "raw"));
}

NeedleKind kind_of(std::string_view value) {
  if (is_page(value)) return NeedleKind::kUrl;
  return is_account(value) ? NeedleKind::kHandle : NeedleKind::kWords;
}

}  // namespace

bool is_telling(std::string_view value) {
  if (value.size() > kLongest || value.find_first_of(" \t\r\n") != std::string_view::npos) return false;
  return is_page(value) || is_mail(value) || is_account(value) || is_token(value) || is_number(value);
}

std::string accounts_in_raw(const std::string& raw) {
  std::string out;
  each_string_of(raw, [&](const std::string& place, std::string_view value) {
    if (is_key_of_account(std::string_view(place).substr(place.rfind('\n') + 1)))
      out.append(value).append("\n");
  });
  return out;
}

std::vector<Needle> values_only_in_raw(const Plan& plan) {
  if (!hands_out_raw(plan)) return {};
  std::unordered_set<std::string> of_others;  // place and value
  for (const auto& entry : plan.entries)
    if (!withholds_an_account(entry))
      each_string_of(raw_of(entry), [&](const std::string& place, std::string_view value) {
        if (is_telling(value)) of_others.insert(place + "\n\n" + std::string(value));
      });
  std::vector<Needle> found;
  std::set<std::string, std::less<>> seen;
  for (const auto& entry : plan.entries)
    if (withholds_an_account(entry))
      each_string_of(raw_of(entry), [&](const std::string& place, std::string_view value) {
        if (!is_telling(value) || seen.contains(value) ||
            of_others.contains(place + "\n\n" + std::string(value)))
          return;
        seen.emplace(value);
        found.push_back({kind_of(value), std::string(value), label(entry, "raw"), true});
      });
  bundle::Needles needles(std::move(found));
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      if (!repeats_everything(planned.field.name) && !planned.shows_nothing()) needles.allow(planned.shown());
  return needles.live();
}

void withhold_raw_values(Plan& plan) {
  const bundle::Needles needles(values_only_in_raw(plan));
  if (needles.size() == 0) return;
  std::map<std::string, std::string> codes;  // by Needle::from
  for (const auto& entry : plan.entries)
    if (withholds_an_account(entry)) codes.emplace(label(entry, "raw"), entry.codes());
  for (auto& entry : plan.entries)
    for (auto& planned : entry.fields) {
      if (!repeats_everything(planned.field.name) || !planned.shown_whole()) continue;
      const auto from = said_in(planned.field.value, needles);
      if (from.empty()) continue;
      planned.follow(codes.at(from));
      plan.automatic.push_back({entry.entry.seq, planned.field.name, planned.whole,
                                "it says what else only the withheld bytes say, in " + from});
    }
}

}  // namespace muniment::foi
