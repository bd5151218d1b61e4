#include "index/match.hpp"

#include <algorithm>
#include <utility>

#include "index/dates.hpp"
#include "index/fold.hpp"
#include "index/known_names.hpp"
#include "index/words.hpp"

namespace muniment::index {
namespace {

// A part of the expression.  Blank: it held no letter or digit, and says nothing.
struct Piece {
  std::string text;
  std::vector<int> phrases;
  bool blank() const { return text.empty(); }
};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

// Several parts joined by AND or OR.
Piece joined(std::vector<Piece> parts, std::string_view word) {
  Piece all;
  for (auto& part : parts) {
    if (!all.blank()) all.text.append(" ").append(word).append(" ");
    all.text.append("(").append(part.text).append(")");
    all.phrases.insert(all.phrases.end(), part.phrases.begin(), part.phrases.end());
  }
  return all;
}

class Binder {
 public:
  Binder(db::Database& database, const Keys& keys, const db::Tokenizer& tokenizer, const StartOfDay& start)
      : database_(database), keys_(keys), tokenizer_(tokenizer), start_(start) {}

  Result<Match> run(const Node& query) {
    std::vector<const Node*> parts;
    if (query.kind == Node::Kind::kAnd)
      for (const auto& part : query.parts) parts.push_back(&part);
    else
      parts.push_back(&query);
    std::vector<const Node*> others;
    for (const auto* part : parts) {
      const bool negated = part->kind == Node::Kind::kNot;
      const Node& inner = negated ? part->parts.front() : *part;
      if (!is_date(inner)) {
        others.push_back(part);
        continue;
      }
      if (auto limited = limit(match_.range, inner, negated, start_); !limited) return limited.error();
    }
    const auto is_left_out = [](const Node* part) { return part->kind == Node::Kind::kNot; };
    if (others.size() == parts.size() && std::ranges::all_of(others, is_left_out))
      match_.remarks.push_back("the query only says what to leave out, so all else is found");
    auto piece = others.empty() ? everything() : all_of(others);
    if (!piece) return piece.error();
    if (piece->blank())
      return Error{Code::kInvalid, "the query has no letter or digit to search for",
                   "signs and pictograms are not indexed; use words"};
    match_.expression = std::move(piece->text);
    match_.phrases = std::move(piece->phrases);
    if (auto apart = set_begun_apart(others); !apart) return apart.error();
    return std::move(match_);
  }

 private:
  Status set_begun_apart(const std::vector<const Node*>& parts) {
    std::vector<const Node*> rest;
    bool positive = false;
    for (const auto* part : parts) {
      if (part->kind == Node::Kind::kText && part->prefix) {
        auto one = wanted(*part);
        if (!one) return one.error();
        if (!one->tokens.empty()) match_.begun.push_back(std::move(*one));
        continue;
      }
      positive = positive || part->kind != Node::Kind::kNot;
      rest.push_back(part);
    }
    if (match_.begun.empty() || !positive) return {};
    auto remarks = match_.remarks;
    auto piece = all_of(rest, false);
    if (!piece) return piece.error();
    match_.rest = std::move(piece->text);
    match_.remarks = std::move(remarks);  // each once
    return {};
  }

  Result<Piece> piece(const Node& node, bool noted) {
    switch (node.kind) {
      case Node::Kind::kText:
        return text(node, noted);
      case Node::Kind::kFilter:
        return filter(node, noted);
      case Node::Kind::kNot: {
        const Node* part = &node;
        return all_of({&part, 1}, noted);
      }
      case Node::Kind::kAnd: {
        std::vector<const Node*> parts;
        for (const auto& part : node.parts) parts.push_back(&part);
        return all_of(parts, noted);
      }
      case Node::Kind::kOr:
        break;
    }
    std::vector<Piece> parts;
    for (const auto& part : node.parts) {
      auto one = piece(part, noted);
      if (!one) return one;
      if (!one->blank()) parts.push_back(std::move(*one));
    }
    return joined(std::move(parts), "OR");
  }

  Result<Piece> all_of(std::span<const Node* const> nodes, bool noted = true) {
    std::vector<Piece> with;
    std::vector<Piece> without;
    for (const auto* node : nodes) {
      const bool negated = node->kind == Node::Kind::kNot;
      const Node& inner = negated ? node->parts.front() : *node;
      const bool current =
          inner.kind == Node::Kind::kFilter && inner.filter == Filter::kIs && inner.text == "current";
      // "current" is the absence of the other states, so it changes sides.
      auto one = current ? Result<Piece>(past_states()) : piece(inner, noted && !negated);
      if (!one) return one;
      if (!one->blank()) (negated != current ? without : with).push_back(std::move(*one));
    }
    if (without.empty()) return joined(std::move(with), "AND");
    Piece base = joined(std::move(with), "AND");
    if (base.blank()) {
      auto all = everything();
      if (!all) return all;
      base = std::move(*all);
    }
    Piece rest = joined(std::move(without), "OR");
    base.text = "(" + base.text + ") NOT (" + rest.text + ")";
    base.phrases.insert(base.phrases.end(), rest.phrases.begin(), rest.phrases.end());
    return base;
  }

  static Piece token(std::string_view text) { return {in_quotes(text), {-1}}; }
  static Piece past_states() {
    return joined({token(facet::kSuperseded), token(facet::kOutdone), token(facet::kDeleted),
                   token(facet::kUnavailable), token(facet::kReported)},
                  "OR");
  }

  // Every document is of some platform, and there are few platforms.
  Result<Piece> everything() {
    auto rows = database_.prepare("SELECT name FROM platform");
    if (!rows) return rows.error();
    std::vector<Piece> parts;
    for (;;) {
      const auto row = rows->step();
      if (!row) return row.error();
      if (!*row) break;
      std::string name;
      facet::append_platform(name, keys_.platform(rows->text(0)));
      parts.push_back(token(name));
    }
    if (parts.empty()) parts.push_back(token(facet::kNothing));
    return joined(std::move(parts), "OR");
  }

  // Without tokens where the node's text has none.
  Result<Wanted> wanted(const Node& node, std::string_view column = {}) const {
    Wanted one;
    one.prefix = node.prefix;
    std::string words;
    append_words(words, node.text);
    auto cut = tokenizer_.each(
        words, [&](std::string_view folded, std::size_t, std::size_t) { one.tokens.emplace_back(folded); });
    if (!cut) return cut.error();
    words.pop_back();
    one.expression = std::string(column) + in_quotes(words) + (node.prefix ? " *" : "");
    return one;
  }

  Result<Piece> text(const Node& node, bool noted, std::string_view column = {}) {
    auto one = wanted(node, column);
    if (!one) return one.error();
    if (one->tokens.empty()) return Piece{};
    Piece piece{one->expression, {-1}};
    if (noted) {
      piece.phrases.front() = static_cast<int>(match_.wanted.size());
      match_.wanted.push_back(std::move(*one));
    }
    return piece;
  }

  // `noted`: among the words that are marked and ranked by.
  Result<Piece> filter(const Node& node, bool noted) {
    switch (node.filter) {
      case Filter::kFrom:
        return from(node);
      case Filter::kPlatform:
        return named(node, "SELECT 1 FROM platform WHERE name = ?1");
      case Filter::kSource:
        return named(node, "SELECT 1 FROM source WHERE name = ?1");
      case Filter::kTag: {
        auto piece = text(node, noted, "tags : ");
        return piece && piece->blank() ? token(facet::kNothing) : piece;
      }
      case Filter::kIs:
        return state(node);
      case Filter::kAfter:
      case Filter::kBefore:
      case Filter::kOn:
        break;
    }
    return misplaced_date(node);
  }

  Result<Piece> state(const Node& node) {
    if (node.text == "reply") return token(facet::kReply);
    if (node.text == "superseded") return joined({token(facet::kSuperseded), token(facet::kOutdone)}, "OR");
    if (node.text == "deleted") return token(facet::kDeleted);
    if (node.text == "unavailable") return token(facet::kUnavailable);
    if (node.text == "reported-gone") return token(facet::kReported);
    if (node.text == "edited") return joined({token(facet::kEdited), token(facet::kSuperseded)}, "OR");
    const Node* part = &node;
    return all_of({&part, 1});
  }

  Result<Piece> named(const Node& node, std::string_view sql) {
    auto row = database_.prepare(sql);
    if (!row) return row.error();
    const auto found = row->bind_text(1, node.text).step();
    if (!found) return found.error();
    if (!*found) {
      auto remark = nothing_captured_from(database_, node.filter, node.text);
      if (!remark) return remark.error();
      match_.remarks.push_back(*std::move(remark));
      return token(facet::kNothing);
    }
    std::string name;
    if (node.filter == Filter::kPlatform)
      facet::append_platform(name, keys_.platform(node.text));
    else
      facet::append_source(name, keys_.source(node.text));
    return token(name);
  }

  Result<Piece> from(const Node& node) {
    const auto folded = fold_name(tokenizer_, node.text);
    if (!folded) return folded.error();
    auto rows = database_.prepare("SELECT account FROM account_name WHERE name = ?1 LIMIT ?2");
    if (!rows) return rows.error();
    rows->bind_text(1, *folded).bind(2, static_cast<std::int64_t>(kMostAccounts) + 1);
    std::vector<Piece> parts;
    for (;;) {
      const auto row = rows->step();
      if (!row) return row.error();
      if (!*row) break;
      std::string name;
      facet::append_account(name, rows->integer(0));
      parts.push_back(token(name));
    }
    if (parts.size() > kMostAccounts)
      return Error{
          Code::kInvalid,
          "more than " + std::to_string(kMostAccounts) + " accounts are called \"" + node.text + "\"",
          "use the whole handle, with its host: from:name@host"};
    if (parts.empty()) {
      match_.remarks.push_back("no account is called " + node.text);
      parts.push_back(token(facet::kNothing));
    }
    return joined(std::move(parts), "OR");
  }

  db::Database& database_;
  const Keys& keys_;
  const db::Tokenizer& tokenizer_;
  const StartOfDay& start_;
  Match match_;
};

}  // namespace

Result<Match> bind_query(const Node& query, db::Database& database, const Keys& keys,
                         const db::Tokenizer& tokenizer, const StartOfDay& start_of_day) {
  return Binder(database, keys, tokenizer, start_of_day).run(query);
}

}  // namespace muniment::index
