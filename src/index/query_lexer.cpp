#include "index/query_lexer.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "index/query.hpp"

namespace muniment::index {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool ends_word(char c) {
  return is_blank(c) || c == '(' || c == ')' || c == '"';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    std::vector<Token> tokens;
    for (;;) {
      while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
      auto token = next();
      if (!token) return token.error();
      tokens.push_back(std::move(*token));
      if (tokens.back().kind == Token::Kind::kEnd) return tokens;
    }
  }

 private:
  bool more() const { return at_ < text_.size(); }

  Result<Token> next() {
    Token token;
    token.at = at_;
    if (!more()) return token;
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      ++at_;
      token.kind = c == '(' ? Token::Kind::kOpen : Token::Kind::kClose;
      return token;
    }
    if (c == '"') {
      token.kind = Token::Kind::kPhrase;
      return quoted(std::move(token));
    }
    if (c == '-' && at_ + 1 < text_.size() && !is_blank(text_[at_ + 1]) && text_[at_ + 1] != ')') {
      ++at_;
      token.kind = Token::Kind::kMinus;
      return token;
    }
    return word(std::move(token));
  }

  // From an opening quotation mark.  Two in a row stand for one.
  Result<Token> quoted(Token token) {
    const std::size_t opened = at_++;
    for (;; ++at_) {
      if (!more())
        return Error{Code::kInvalid,
                     "the quotation mark at character " + std::to_string(opened + 1) + " is not closed",
                     "put a second \" behind the phrase"};
      if (text_[at_] != '"')
        token.text.push_back(text_[at_]);
      else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"')
        token.text.push_back(text_[++at_]);
      else
        break;
    }
    ++at_;
    take_star(token);
    return token;
  }

  Result<Token> word(Token token) {
    const std::size_t from = at_;
    while (more() && !ends_word(text_[at_])) {
      // A quoted value belongs to the filter before it: from:"Jane Clerk".
      if (text_[at_] == ':' && is_filter_name(text_.substr(from, at_ - from))) {
        token.kind = Token::Kind::kFilter;
        token.name = text_.substr(from, at_ - from);
        ++at_;
        return value(std::move(token));
      }
      ++at_;
    }
    const auto text = text_.substr(from, at_ - from);
    token.kind = text == "AND"   ? Token::Kind::kAnd
                 : text == "OR"  ? Token::Kind::kOr
                 : text == "NOT" ? Token::Kind::kNot
                                 : Token::Kind::kWord;
    token.text = text;
    if (token.kind == Token::Kind::kWord && text.size() > 1 && text.back() == '*') {
      token.text.pop_back();
      token.prefix = true;
    }
    return token;
  }

  Result<Token> value(Token token) {
    if (more() && text_[at_] == '"') return quoted(std::move(token));
    const std::size_t from = at_;
    while (more() && !ends_word(text_[at_])) ++at_;
    token.text = text_.substr(from, at_ - from);
    return token;
  }

  void take_star(Token& token) {
    if (token.kind != Token::Kind::kPhrase || !more() || text_[at_] != '*') return;
    token.prefix = true;
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<Token>> cut_query(std::string_view text) {
  if (text.size() > kMostQueryBytes)
    return Error{Code::kInvalid, "the query is longer than " + std::to_string(kMostQueryBytes) + " bytes",
                 "search for fewer words at once"};
  if (!base::is_utf8(text) || text.find('\0') != std::string_view::npos)
    return Error{Code::kInvalid, "the query is not readable text (UTF-8)", "type the words again"};
  return Lexer(text).run();
}

}  // namespace muniment::index
