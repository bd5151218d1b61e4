#include "index/query.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/time.hpp"
#include "index/query_lexer.hpp"

namespace muniment::index {
namespace {

using Kind = Token::Kind;

constexpr std::array<std::pair<std::string_view, Filter>, 8> kFilters = {{
    {"from", Filter::kFrom},
    {"platform", Filter::kPlatform},
    {"source", Filter::kSource},
    {"tag", Filter::kTag},
    {"after", Filter::kAfter},
    {"before", Filter::kBefore},
    {"on", Filter::kOn},
    {"is", Filter::kIs},
}};
constexpr std::array<std::string_view, 7> kStates = {"reply",       "edited",        "superseded", "deleted",
                                                     "unavailable", "reported-gone", "current"};

std::string in_small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Null: there is none of that name, in any case.
const std::pair<std::string_view, Filter>* filter_named(std::string_view name) {
  const auto* found =
      std::ranges::find(kFilters, in_small_letters(name), &std::pair<std::string_view, Filter>::first);
  return found == kFilters.end() ? nullptr : found;
}

Error invalid(std::size_t at, const std::string& what, std::string hint) {
  return {Code::kInvalid, what + " at character " + std::to_string(at + 1), std::move(hint)};
}

// YYYY, YYYY-MM or YYYY-MM-DD.
std::optional<Date> read_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t size) -> std::optional<unsigned> {
    unsigned value = 0;
    for (const char c : text.substr(from, size)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
  };
  if ((text.size() > 4 && text[4] != '-') || (text.size() > 7 && text[7] != '-')) return std::nullopt;
  const auto year = number(0, 4);
  const auto month = text.size() > 4 ? number(5, 2) : 0;
  const auto day = text.size() > 7 ? number(8, 2) : 0;
  if (!year || !month || !day) return std::nullopt;
  if (!base::from_civil(static_cast<int>(*year), text.size() > 4 ? *month : 1, text.size() > 7 ? *day : 1))
    return std::nullopt;
  return Date{static_cast<int>(*year), *month, *day};
}

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Result<Node> run() {
    if (peek().kind == Kind::kEnd)
      return Error{Code::kInvalid, "the query is empty",
                   "type a word, a \"phrase\" or a filter such as is:deleted"};
    auto query = either(0);
    if (!query) return query;
    if (peek().kind == Kind::kClose)
      return invalid(peek().at, "there is a closing bracket without an opening one",
                     "remove it, or quote it");
    return query;
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  const Token& take() { return tokens_[at_++]; }
  bool ends_list() const {
    return peek().kind == Kind::kEnd || peek().kind == Kind::kClose || peek().kind == Kind::kOr;
  }

  // One part stands for itself; several are joined under one node, flat.
  static Node join(Node::Kind kind, std::vector<Node> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    Node node;
    node.kind = kind;
    node.at = parts.front().at;
    for (auto& part : parts) {
      if (part.kind != kind) {
        node.parts.push_back(std::move(part));
        continue;
      }
      for (auto& inner : part.parts) node.parts.push_back(std::move(inner));
    }
    return node;
  }

  Result<Node> either(std::size_t depth) {
    std::vector<Node> parts;
    for (;;) {
      auto part = all(depth);
      if (!part) return part;
      parts.push_back(std::move(*part));
      if (peek().kind != Kind::kOr) return join(Node::Kind::kOr, std::move(parts));
      const auto at = take().at;
      if (ends_list())
        return invalid(at, "OR has nothing behind it", "put a word behind OR, or quote \"OR\"");
    }
  }

  Result<Node> all(std::size_t depth) {
    std::vector<Node> parts;
    for (;;) {
      if (ends_list())
        return invalid(peek().at, "a word is missing", "put a word, a phrase or a filter there");
      auto part = one(depth);
      if (!part) return part;
      parts.push_back(std::move(*part));
      if (peek().kind == Kind::kAnd) {
        const auto at = take().at;
        if (ends_list())
          return invalid(at, "AND has nothing behind it", "put a word behind AND, or quote \"AND\"");
      }
      if (ends_list()) return join(Node::Kind::kAnd, std::move(parts));
    }
  }

  Result<Node> one(std::size_t depth) {
    if (depth >= kMostDepth)
      return invalid(peek().at, "the query is nested too deeply", "use fewer brackets");
    const Token token = take();
    switch (token.kind) {
      case Kind::kNot:
      case Kind::kMinus:
        return negated(token, depth);
      case Kind::kOpen:
        return bracketed(token, depth);
      case Kind::kAnd:
        return invalid(token.at, "AND has nothing before it", "put a word before AND, or quote \"AND\"");
      case Kind::kFilter:
        return filter(token);
      default:
        break;
    }
    if (auto counted = count(token); !counted) return counted.error();
    Node node;
    node.text = token.text;
    node.prefix = token.prefix;
    node.at = token.at;
    return node;
  }

  Result<Node> negated(const Token& token, std::size_t depth) {
    if (ends_list())
      return invalid(token.at, "NOT has nothing behind it", "put a word behind NOT, or quote \"NOT\"");
    auto inner = one(depth + 1);
    if (!inner) return inner;
    if (inner->kind == Node::Kind::kNot) return std::move(inner->parts.front());
    Node node;
    node.kind = Node::Kind::kNot;
    node.at = token.at;
    node.parts.push_back(std::move(*inner));
    return node;
  }

  Result<Node> bracketed(const Token& token, std::size_t depth) {
    auto inner = either(depth + 1);
    if (!inner) return inner;
    if (peek().kind != Kind::kClose)
      return invalid(token.at, "the bracket is not closed", "put a ) behind the words");
    take();
    return inner;
  }

  Status count(const Token& token) {
    if (++terms_ > kMostTerms)
      return invalid(token.at, "the query has more than " + std::to_string(kMostTerms) + " words and filters",
                     "search for fewer at once");
    return {};
  }

  Result<Node> filter(const Token& token) {
    if (auto counted = count(token); !counted) return counted.error();
    Node node;
    node.kind = Node::Kind::kFilter;
    node.text = token.text;
    node.at = token.at;
    node.filter = filter_named(token.name)->second;
    // Platforms and states are ours, and in small letters; names of sources are what somebody chose.
    if (node.filter == Filter::kPlatform || node.filter == Filter::kIs)
      node.text = in_small_letters(token.text);
    if (token.text.empty())
      return invalid(token.at, token.name + ": has no value",
                     "put it right behind the colon: " + token.name + ":value");
    if (node.filter == Filter::kIs && std::ranges::find(kStates, node.text) == kStates.end())
      return invalid(
          token.at, "there is no is:" + token.text,
          "use is:reply, is:edited, is:superseded, is:deleted, is:unavailable, is:reported-gone or "
          "is:current");
    if (node.filter == Filter::kAfter || node.filter == Filter::kBefore || node.filter == Filter::kOn) {
      const auto date = read_date(token.text);
      if (!date)
        return invalid(token.at, "\"" + token.text + "\" is not a date", "write 2026, 2026-03 or 2026-03-01");
      node.date = *date;
    }
    return node;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t terms_ = 0;
};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

// True when the text, written bare, would be read as something other than this one word.
bool needs_quotes(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.back() == '*') return true;
  if (text == "AND" || text == "OR" || text == "NOT") return true;
  if (text.find_first_of(" \t\r\n()\"") != std::string_view::npos) return true;
  const auto colon = text.find(':');
  return colon != std::string_view::npos && is_filter_name(text.substr(0, colon));
}

// Brackets stand only where the words would otherwise be grouped in another way.
void print(const Node& node, bool bracket_all, bool bracket_either, std::string& out) {
  switch (node.kind) {
    case Node::Kind::kText:
      out += needs_quotes(node.text) ? in_quotes(node.text) : node.text;
      if (node.prefix) out.push_back('*');
      break;
    case Node::Kind::kFilter: {
      const bool bare = node.text.find_first_of(" \t\r\n()\"") == std::string::npos;
      out.append(filter_name(node.filter)).push_back(':');
      out += bare ? node.text : in_quotes(node.text);
      break;
    }
    case Node::Kind::kNot:
      out += "NOT ";
      print(node.parts.front(), true, true, out);
      break;
    case Node::Kind::kAnd:
    case Node::Kind::kOr: {
      const bool either = node.kind == Node::Kind::kOr;
      const bool bracket = either ? bracket_either : bracket_all;
      if (bracket) out.push_back('(');
      for (std::size_t i = 0; i < node.parts.size(); ++i) {
        if (i > 0) out += either ? " OR " : " ";
        print(node.parts[i], false, !either, out);
      }
      if (bracket) out.push_back(')');
      break;
    }
  }
}

}  // namespace

bool is_filter_name(std::string_view name) {
  return filter_named(name) != nullptr;
}

std::string_view filter_name(Filter filter) {
  for (const auto& [name, value] : kFilters)
    if (value == filter) return name;
  return {};
}

Result<Node> parse_query(std::string_view text) {
  auto tokens = cut_query(text);
  if (!tokens) return tokens.error();
  return Parser(std::move(*tokens)).run();
}

std::string print_query(const Node& query) {
  std::string out;
  print(query, false, false, out);
  return out;
}

}  // namespace muniment::index
