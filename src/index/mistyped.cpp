#include "index/mistyped.hpp"

#include <algorithm>
#include <array>

#include "base/near.hpp"
#include "index/query.hpp"
#include "index/query_lexer.hpp"

namespace muniment::index {
namespace {

constexpr std::array kFilters = {Filter::kFrom,  Filter::kPlatform, Filter::kSource, Filter::kTag,
                                 Filter::kAfter, Filter::kBefore,   Filter::kOn,     Filter::kIs};
// What begins an address or an identifier of its own kind, without the two strokes.
constexpr std::array<std::string_view, 9> kSchemes = {"acct",   "cid", "did", "doi", "geo",
                                                      "mailto", "sms", "tel", "urn"};
constexpr std::size_t kLongestName = 20;

std::vector<std::string_view> names() {
  std::vector<std::string_view> out;
  for (const auto filter : kFilters) out.push_back(filter_name(filter));
  return out;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

std::string in_small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// What stands before the colon; empty: it is nobody's filter.  `next` is the token behind.
std::string name_in(const Token& word, const Token& next) {
  const std::string_view text = word.text;
  const auto colon = text.find(':');
  if (word.kind != Token::Kind::kWord || colon == std::string_view::npos || colon == 0) return {};
  const auto value = text.substr(colon + 1);
  const bool quoted = next.kind == Token::Kind::kPhrase && next.at == word.at + text.size();
  if ((value.empty() && !quoted) || value.starts_with("//") || colon > kLongestName) return {};
  if (!std::ranges::all_of(text.substr(0, colon), is_letter)) return {};
  auto name = in_small_letters(text.substr(0, colon));
  return std::ranges::find(kSchemes, name) == kSchemes.end() ? name : std::string();
}

// "from: is near"
std::string what_there_is(const std::string& name) {
  const auto known = names();
  // Names are short: of two letters each is near every other.
  const auto near =
      name.size() <= 2 ? std::string_view() : base::nearest(name, known, name.size() <= 4 ? 1 : 2);
  std::string all;
  for (const auto one : known) all.append(all.empty() ? "" : ", ").append(one).append(":");
  return near.empty() ? "filters are " + all : std::string(near) + ": is near";
}

struct Mistyped {
  std::string name;
  std::string typed;  // "frm:jane"
  bool quoted;        // frm:"Jane Clerk"
};

// Each name once.
std::vector<Mistyped> mistyped_in(std::string_view query) {
  const auto tokens = cut_query(query);
  if (!tokens) return {};
  std::vector<Mistyped> out;
  for (std::size_t i = 0; i + 1 < tokens->size(); ++i) {
    const auto& word = (*tokens)[i];
    auto name = name_in(word, (*tokens)[i + 1]);
    if (name.empty() || std::ranges::find(out, name, &Mistyped::name) != out.end()) continue;
    out.push_back({std::move(name), word.text, word.text.ends_with(':')});
  }
  return out;
}

}  // namespace

std::vector<std::string> mistyped_filters(std::string_view query) {
  std::vector<std::string> out;
  for (const auto& one : mistyped_in(query))
    out.push_back("there is no filter " + one.name + ":, so it was searched as words; " +
                  what_there_is(one.name));
  return out;
}

Status no_mistyped_filter(std::string_view query) {
  const auto all = mistyped_in(query);
  if (all.empty()) return {};
  const auto& one = all.front();
  return Error{Code::kInvalid, "there is no filter " + one.name + ":; " + what_there_is(one.name),
               one.quoted ? "if words are meant, leave a blank after the colon: " + one.typed + " \"…\""
                          : "if words are meant, put them in quotation marks: \"" + one.typed + "\""};
}

std::string small_operator(std::string_view query) {
  const auto tokens = cut_query(query);
  if (!tokens) return {};
  for (const auto& token : *tokens)
    for (const std::string_view word : {"and", "or", "not"})
      if (token.kind == Token::Kind::kWord && in_small_letters(token.text) == word)
        return token.text + " was searched as a word; the operators AND, OR and NOT are in capitals";
  return {};
}

}  // namespace muniment::index
