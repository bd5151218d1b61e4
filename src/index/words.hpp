// Text on its way into the full-text index, and back out for marking matches.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "db/fts5.hpp"

namespace muniment::index {

// Appends `text` as the index reads it, followed by a space:
//   "http://", "https://" and "www." are left out (they stand in every link and tell nothing);
//   private-use characters become spaces (facets begin with one);
//   each Han, Hiragana and Katakana character and each Thai, Lao, Burmese and Khmer letter stands alone,
//   since those scripts put no spaces between words: a word of theirs is then found as a phrase, wherever it
//   stands; letters that are written in several ways are written in one (spelling.hpp).
// Applied to what is indexed and to what is asked alike.
void append_words(std::string& out, std::string_view text);

// Visits the tokens of `text` with their places in it, as append_words and the index's tokenizer cut it.
Status each_word(const db::Tokenizer& tokenizer, std::string_view text, const db::Tokenizer::Visit& visit);

// Facets: tokens that no text can contain.  Each appends one token and a space.
namespace facet {
inline constexpr std::string_view kReply = "\xEE\x80\x80r";
inline constexpr std::string_view kEdited =
    "\xEE\x80\x80v";  // a version after the first, or edited by its own account
inline constexpr std::string_view kSuperseded = "\xEE\x80\x80old";
inline constexpr std::string_view kOutdone =
    "\xEE\x80\x80"
    "less";
inline constexpr std::string_view kDeleted = "\xEE\x80\x80gone";
inline constexpr std::string_view kUnavailable =
    "\xEE\x80\x80"
    "barred";
inline constexpr std::string_view kReported = "\xEE\x80\x80said";
inline constexpr std::string_view kBetween =
    "\xEE\x80\x80z";  // two texts of an item: no phrase goes from one into the other
inline constexpr std::string_view kNothing = "\xEE\x80\x80none";  // on no item, ever

// 50 bits of the name's key: among 100,000 accounts, two share them by a chance of 1 in 200,000.
void append_platform(std::string& out, std::int64_t key);
void append_source(std::string& out, std::int64_t key);
void append_account(std::string& out, std::int64_t key);
// 30 bits of the item's key: whoever follows one reads the entry and compares the identifiers themselves.
void append_answers(std::string& out, std::int64_t item_key);  // this item is a reply to that one
void append_alias(std::string& out, std::int64_t item_key);    // this item is also known by that identifier
void append_form_of(std::string& out, std::int64_t item_key);  // this item is a former version of that one
}  // namespace facet

}  // namespace muniment::index
