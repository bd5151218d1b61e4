#include "foi/saying.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "bundle/punycode.hpp"
#include "bundle/words.hpp"
#include "foi/named_in_address.hpp"
#include "foi/planned.hpp"
#include "records/made_name.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;

// The name of an account, alone and with its host.
void add_account(std::string_view handle, const std::string& from, std::vector<Needle>& out) {
  while (handle.starts_with('@')) handle.remove_prefix(1);
  const auto at = handle.find('@');
  if (at != std::string_view::npos) out.push_back({NeedleKind::kWords, std::string(handle), from});
  const auto name = handle.substr(0, at);
  out.push_back({NeedleKind::kHandle, std::string(name), from});
  // Who speaks of an account leaves out what Bluesky puts after most names.
  constexpr std::string_view kBluesky = ".bsky.social";
  if (name.size() > kBluesky.size() && name.ends_with(kBluesky))
    out.push_back({NeedleKind::kHandle, std::string(name.substr(0, name.size() - kBluesky.size())), from});
}

bool is_number_like(const bundle::Word& word) {
  return word.length >= 5 && (word.digits || !word.letters);
}

// Where the path begins; numbers before it (a port) are everybody's.  `mark`: that of the scheme.
std::size_t path_of(std::string_view value, std::size_t mark) {
  if (mark != std::string_view::npos) return value.find('/', mark + 3);
  const auto slash = value.find('/');
  const bool host =
      slash != std::string_view::npos && value.substr(0, slash).find_first_of(".:") != std::string_view::npos;
  return host ? slash : 0;
}

// "NAME#as-of-2026-09-20T10:00:00.000Z" is a former version of NAME; the time is other items', too.
std::string_view without_time(std::string_view name) {
  constexpr std::string_view kAsOf = "as-of-";
  const auto mark = name.rfind('#');
  if (mark == std::string_view::npos || mark == 0) return name;
  auto time = name.substr(mark + 1);
  if (time.starts_with(kAsOf)) time.remove_prefix(kAsOf.size());
  return base::parse_rfc3339(time) ? name.substr(0, mark) : name;
}

// An address is looked for as a whole, and by what in it names a person or an item: a part after '@', and
// numbers of five digits and more.
void add_address(std::string_view value, const std::string& from, std::vector<Needle>& out) {
  value = without_time(value);
  out.push_back({NeedleKind::kUrl, std::string(value), from});
  if (base::parse_rfc3339(value)) return;      // its day and hour are other items', too
  if (records::is_made_from_content(value)) {  // its time and its kind are other items', too
    const auto words = bundle::words_of(value);
    const auto hash = std::ranges::max_element(words, {}, &bundle::Word::length);
    out.push_back(
        {NeedleKind::kWords, std::string(value.substr(hash->begin, hash->end - hash->begin)), from, true});
    return;
  }
  const auto mark = value.find("://");
  if (const auto at = value.find('@');
      mark == std::string_view::npos && at != std::string_view::npos && at > 0)
    return add_account(value, from, out);  // of an e-mail, whose host is many people's
  const auto path = path_of(value, mark);
  if (path == std::string_view::npos) return;
  for (auto& token : item_tokens(value)) out.push_back({NeedleKind::kWords, std::move(token), from, true});
  for (const auto& word : bundle::words_of(value)) {
    const auto spelled = std::string(value.substr(word.begin, word.end - word.begin));
    if (word.begin < path) continue;
    if (word.begin > 0 && value[word.begin - 1] == '@') {
      const auto end = value.find_first_of("/?#", word.begin);
      add_account(value.substr(word.begin, end - word.begin), from, out);
    } else if (is_number_like(word)) {
      out.push_back({NeedleKind::kWords, spelled, from, true});  // an item's number, not a telephone's
    }
  }
}

void add_as_it_stands(Saying saying, std::string_view value, const std::string& from,
                      std::vector<Needle>& out) {
  if (saying == Saying::kLines) {
    while (!value.empty()) {
      const auto line = value.substr(0, value.find('\n'));
      const bool address = line.find("://") != std::string_view::npos;
      if (address)
        add_address(line, from, out);
      else
        add_account(line, from, out);
      value.remove_prefix(std::min(line.size() + 1, value.size()));
    }
  }
  if (saying == Saying::kWords) out.push_back({NeedleKind::kWords, std::string(value), from});
  if (saying == Saying::kAccount) add_account(value, from, out);
  if (saying == Saying::kAddress) add_address(value, from, out);
}

}  // namespace

Saying saying_of(std::string_view name) {
  constexpr std::string_view kNothing[] = {"raw",
                                           "raw.b64",
                                           "platform",
                                           "type",
                                           "lang",
                                           "visibility",
                                           "exchange",
                                           "agent",
                                           "source",
                                           "of",
                                           "origin",
                                           "authority",
                                           "exchanges",
                                           "status",
                                           "release",
                                           "words",
                                           "direction",
                                           "late",
                                           "late.after.hours",
                                           "posted.precision",
                                           "outcome",
                                           "decision",
                                           "state",
                                           "says",
                                           "cause",
                                           "method",
                                           "format",
                                           "try",
                                           "score",
                                           "searches",
                                           "hits",
                                           "hits.list",
                                           "entries",
                                           "threshold"};
  for (const auto known : kNothing)
    if (name == known) return Saying::kNothing;
  if (name.starts_with("counts.") || name.ends_with(".sha256")) return Saying::kNothing;
  if (name.starts_with("media.") && (name.ends_with(".type") || name.ends_with(".size")))
    return Saying::kNothing;
  if (name.starts_with("provenance.") || name == "completes") return Saying::kNothing;
  if (is_of_account(name, ".handle")) return Saying::kAccount;
  if (name == "mentions" || name == "links") return Saying::kLines;
  constexpr std::string_view kWords[] = {"actor", "written.by", "tags",    "reason",   "reasons",
                                         "error", "errors",     "remarks", "late.why", "query"};
  for (const auto known : kWords)
    if (name == known) return Saying::kWords;
  if (is_text_field(name) || (name.starts_with("media.") && name.ends_with(".name"))) return Saying::kWords;
  return Saying::kAddress;
}

bool names_accounts(std::string_view name) {
  return name == "mentions" || is_of_account(name, ".handle");
}

bool repeats_everything(std::string_view name) {
  return name == "raw" || name == "raw.b64";
}

bool is_platform_address(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "id",       "id.local", "url",      "author.id", "author.url", "author.handle", "recipient.handle",
      "reply.to", "thread",   "quote.of", "repost.of", "edit.of"};
  const bool of_original = name.starts_with("repost.author.") && !is_text_field(name);
  return of_original || std::ranges::find(kNames, name) != std::end(kNames);
}

void add_value(std::string_view field, std::string_view value, const std::string& from,
               std::vector<Needle>& out) {
  const auto saying = saying_of(field);
  add_as_it_stands(saying, value, from, out);
  if (is_of_account(field, ".url") || is_of_account(field, ".id"))
    if (const auto account = account_of_address(value); !account.empty()) add_account(account, from, out);
  if (const auto named = bundle::without_punycode(value); named != value)
    add_as_it_stands(saying, named, from, out);
}

}  // namespace muniment::foi
