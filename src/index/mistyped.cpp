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

std::string sentence(const std::string& name) {
  const auto known = names();
  // Names are short: of two letters each is near every other.
  const auto near =
      name.size() <= 2 ? std::string_view() : base::nearest(name, known, name.size() <= 4 ? 1 : 2);
  std::string all;
  for (const auto one : known) all.append(all.empty() ? "" : ", ").append(one).append(":");
  return "there is no filter " + name + ":, so it was searched as words; " +
         (near.empty() ? "filters are " + all : std::string(near) + ": is near");
}

}  // namespace

std::vector<std::string> mistyped_filters(std::string_view query) {
  const auto tokens = cut_query(query);
  if (!tokens) return {};
  std::vector<std::string> seen, out;
  for (std::size_t i = 0; i + 1 < tokens->size(); ++i) {
    auto name = name_in((*tokens)[i], (*tokens)[i + 1]);
    if (name.empty() || std::ranges::find(seen, name) != seen.end()) continue;
    out.push_back(sentence(name));
    seen.push_back(std::move(name));
  }
  return out;
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
