#include "sources/x_retold.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace muniment::sources {
namespace {

using records::Interaction;

constexpr std::string_view kCut = "\xE2\x80\xA6";  // …

bool is_address(std::string_view word) {
  return word.starts_with("https://") || word.starts_with("http://");
}

bool is_short_address(std::string_view word) {
  return word.starts_with("https://t.co/") || word.starts_with("http://t.co/");
}

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::vector<std::string_view> out;
  while (true) {
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin);
    out.push_back(text.substr(0, text.find_first_of(kBlank)));
    text.remove_prefix(out.back().size());
  }
}

// Archives write before what is repeated whose it is.
std::vector<std::string_view> own_words(const Interaction& item) {
  auto words = words_of(item.text);
  const bool marked = item.type == "repost" && words.size() > 1 && words[0] == "RT" &&
                      words[1].starts_with("@") && words[1].ends_with(":");
  if (marked) words.erase(words.begin(), words.begin() + 2);
  return words;
}

using Words = std::vector<std::string_view>;

// What stands only at the end of the fuller one: shortened addresses (of pictures, of what is quoted), or the
// options of a poll.
bool may_be_missing(Words::const_iterator at, Words::const_iterator end, const std::string& text) {
  if (std::all_of(at, end, is_short_address)) return true;
  const auto place = static_cast<std::size_t>(at->data() - text.data());
  return *at == "-" && place > 0 && text[place - 1] == '\n';
}

// Is the word where `a` was cut short, and does the other go on as it does?
bool is_cut_here(Words::const_iterator a, Words::const_iterator end, std::string_view other) {
  if (!a->ends_with(kCut) || !std::all_of(a + 1, end, is_address)) return false;
  return other.starts_with(a->substr(0, a->size() - kCut.size()));
}

bool same_words(const Interaction& one, const Interaction& other) {
  const auto a = own_words(one), b = own_words(other);
  auto i = a.begin(), j = b.begin();
  for (; i != a.end() && j != b.end(); ++i, ++j) {
    if (*i == *j) continue;
    if (is_address(*i) && is_address(*j) && (is_short_address(*i) || is_short_address(*j))) continue;
    return is_cut_here(i, a.end(), *j) || is_cut_here(j, b.end(), *i);
  }
  if (i != a.end())
    return may_be_missing(i, a.end(), one.text) || (*i == kCut && is_cut_here(i, a.end(), ""));
  if (j != b.end())
    return may_be_missing(j, b.end(), other.text) || (*j == kCut && is_cut_here(j, b.end(), ""));
  return true;
}

constexpr std::string Interaction::*kMustAgree[] = {
    &Interaction::id,     &Interaction::revision, &Interaction::edit_of,  &Interaction::posted,
    &Interaction::edited, &Interaction::reply_to, &Interaction::quote_of, &Interaction::repost_of};
constexpr std::string Interaction::*kMayDiffer[] = {&Interaction::url, &Interaction::lang,
                                                    &Interaction::visibility, &Interaction::thread,
                                                    &Interaction::summary};
constexpr std::string records::Account::*kOfAccount[] = {&records::Account::id, &records::Account::handle,
                                                         &records::Account::name, &records::Account::url};

bool is_one_post(const Interaction& a, const Interaction& b) {
  const auto agree = [](const std::string& one, const std::string& other) {
    return one.empty() || other.empty() || one == other;
  };
  if (a.platform != "x" || b.platform != "x" || a.id != b.id || a.revision != b.revision) return false;
  return agree(a.author.id, b.author.id) &&
         std::ranges::all_of(kMustAgree, [&](auto member) { return agree(a.*member, b.*member); });
}

// How much is told: words first, then pictures, then what else there is.
auto fullness(const Interaction& item) {
  std::size_t letters = 0, fields = 0;
  for (auto word : own_words(item)) {
    if (is_address(word)) continue;
    if (word.ends_with(kCut)) word.remove_suffix(kCut.size());
    letters += word.size();
  }
  for (const auto member : kMustAgree) fields += (item.*member).empty() ? 0U : 1U;
  for (const auto member : kMayDiffer) fields += (item.*member).empty() ? 0U : 1U;
  for (const auto member : kOfAccount)
    fields += ((item.author.*member).empty() ? 0U : 1U) + ((item.repost_author.*member).empty() ? 0U : 1U);
  for (const auto& media : item.media) fields += media.alt.empty() ? 0U : 1U;
  fields += item.mentions.size() + item.tags.size() + item.links.size();
  return std::tuple(letters, item.media.size(), fields);
}

}  // namespace

bool append_common_words(std::string& out, const Interaction& item) {
  std::string_view last;
  for (const auto word : own_words(item)) {
    const auto place = static_cast<std::size_t>(word.data() - item.text.data());
    if (word == "-" && place > 0 && item.text[place - 1] == '\n') break;  // options of a poll, maybe
    if (is_address(word)) continue;
    out.append(word).push_back(' ');
    last = word;
  }
  return !last.ends_with(kCut);
}

Retold x_retold(const Interaction& item, const Interaction& held) {
  if (!is_one_post(item, held) || !same_words(item, held)) return Retold::kNo;
  const auto told = fullness(item), before = fullness(held);
  return told < before ? Retold::kLess : told == before ? Retold::kSame : Retold::kMore;
}

}  // namespace muniment::sources
