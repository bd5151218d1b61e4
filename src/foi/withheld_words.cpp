#include "foi/withheld_words.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <memory>
#include <set>

#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/sha256.hpp"
#include "bundle/words.hpp"
#include "foi/everyday_words.hpp"
#include "foi/known_values.hpp"
#include "foi/name_forms.hpp"
#include "foi/saying.hpp"
#include "ledger/commitment.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;

constexpr std::string_view kRecord = "record ";

struct Run {
  std::string text;
  std::string code;       // of its first segment
  bool after_at = false;  // an @ is shown before it
};

// Each stretch of neighbouring segments that is withheld.
std::vector<Run> withheld_runs(const PlannedField& planned) {
  if (!planned.whole.empty()) return {{planned.field.value, planned.whole, false}};
  std::vector<Run> out;
  bool open = false;
  for (std::size_t i = 0; i < planned.parts.size(); ++i) {
    const bool withheld = !planned.parts[i].empty();
    if (withheld && !open)
      out.push_back({{}, planned.parts[i], i > 0 && records::segment(planned.field, i - 1).ends_with('@')});
    if (withheld) out.back().text += records::segment(planned.field, i);
    open = withheld;
  }
  return out;
}

// Of "jane-doe.html" the ending says nothing.
bool is_file_name(std::string_view field) {
  return field.starts_with("media.") && field.ends_with(".name");
}

// What is withheld there under that code has one name, by which its code is found again.
std::string named(const std::string& place, const std::string& code,
                  std::map<std::string, std::string>& codes) {
  const auto [at, fresh] = codes.emplace(place, code);
  if (fresh || at->second == code) return place;
  auto other = place + " under " + code;
  codes.emplace(other, code);
  return other;
}

// A name that was put where a platform has a word for everybody's items: as a whole, for of a source each
// word is anybody's.
void add_free_value(const PlannedEntry& entry, const PlannedField& planned, WithheldWords& out) {
  const auto& [name, value, cuts] = planned.field;
  if (planned.out_of_scope() || !is_free_value(planned.field)) return;
  const auto words = bundle::words_of(value).size();
  if (words == 1 && (name == "source" || name == "words" || is_everyday_word(value))) return;
  const auto from = named(label(entry, name), planned.whole, out.codes);
  out.runs.push_back({NeedleKind::kWords, value, from});
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// The end of "harrow.com", which is everybody's.
bool ends_host(std::string_view text, const bundle::Word& word) {
  constexpr std::string_view kEnds[] = {"app",    "au", "biz", "blog",   "ca", "co",   "com", "de", "dev",
                                        "edu",    "eu", "fr",  "gov",    "ie", "info", "io",  "me", "net",
                                        "online", "nz", "org", "social", "tv", "uk",   "us"};
  const auto spelled = lower(std::string(text.substr(word.begin, word.end - word.begin)));
  return word.begin > 1 && text[word.begin - 1] == '.' && text[word.begin - 2] != ' ' &&
         std::ranges::find(kEnds, spelled) != std::end(kEnds);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Each text once.  One-shot calls would look for the algorithm anew each time, which costs more than to hash
// a name.
class PlainHashes {
 public:
  explicit PlainHashes(std::vector<Needle>& out) : out_(out) {
    for (const char* name : {"MD5", "SHA1", "SHA256", "SHA512"}) {
      Kind kind(EVP_MD_fetch(nullptr, name, nullptr), &EVP_MD_free);
      if (kind != nullptr) kinds_.push_back(std::move(kind));  // some machines are not allowed MD5
    }
    MUNIMENT_CHECK(context_ != nullptr, "OpenSSL has memory");
  }

  void add(std::string_view text, const std::string& from) {
    if (text.empty() || !done_.insert(base::sha256(text)).second) return;
    for (const auto& kind : kinds_) out_.push_back({NeedleKind::kHash, digest(kind.get(), text), from});
  }

 private:
  using Kind = std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)>;

  std::string digest(const EVP_MD* kind, std::string_view text) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    const bool made =
        EVP_DigestInit_ex2(context_.get(), kind, nullptr) == 1 &&
        EVP_DigestUpdate(context_.get(), text.data(), text.size()) == 1 &&
        EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(out.data()), &size) == 1;
    MUNIMENT_CHECK(made, "OpenSSL hashes bytes in memory");
    out.resize(size);
    return out;
  }

  std::vector<Needle>& out_;
  std::set<base::Hash> done_;
  std::vector<Kind> kinds_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

std::string bytes_of(const base::Hash& hash) {
  return std::string(base::view(hash));
}

}  // namespace

std::string label(const PlannedEntry& entry, std::string_view field) {
  return std::string(kRecord) + std::to_string(entry.entry.seq) + ", field " +
         std::string(logical_name(field));
}

std::string_view field_of(std::string_view label) {
  constexpr std::string_view kField = ", field ";
  const auto at = label.find(kField);
  if (at == std::string_view::npos) return {};
  label.remove_prefix(at + kField.size());
  return label.substr(0, label.find(' '));
}

ledger::Seq record_of(std::string_view label) {
  ledger::Seq seq = 0;
  if (label.starts_with(kRecord))
    std::from_chars(label.data() + kRecord.size(), label.data() + label.size(), seq);
  return seq;
}

WithheldWords withheld_words(const Plan& plan, const WordUse& use) {
  WithheldWords out;
  std::set<std::string> seen;
  for (std::size_t e = 0; e < plan.entries.size(); ++e)
    for (const auto& planned : plan.entries[e].fields) {
      const auto& name = planned.field.name;
      const Saying saying = saying_of(name);
      if (planned.shown_whole()) continue;
      if (saying == Saying::kNothing) {
        add_free_value(plan.entries[e], planned, out);
        continue;
      }
      for (auto& [run, code, after_at] : withheld_runs(planned)) {
        const auto from = named(label(plan.entries[e], name), code, out.codes);
        if (is_file_name(name)) run.erase(std::min(run.rfind('.'), run.size()));
        add_value(name, run, from, out.runs);
        if (saying != Saying::kWords) continue;
        const auto words = bundle::words_of(run);
        const bool person = is_person_field(name);
        if (words.size() <= kLongestName && !words.empty() && (after_at || words[0].mention))
          out.runs.push_back(
              {NeedleKind::kHandle, run.substr(words[0].begin, words[0].end - words[0].begin), from});
        if (person || words.size() <= kLongestName) add_name_forms(run, person, from, out.runs);
        if (!person && words.size() > kLongestName) {
          Passage passage{e, std::string(logical_name(name)), {}, {}};
          weigh_passage(run, from, use, passage, out.runs);
          out.passages.push_back(std::move(passage));
        } else {
          for (const auto& word : words) {
            if (word.unspaced && words.size() > 1) continue;  // like a single letter, it says nothing alone
            if (ends_host(run, word)) continue;
            auto spelled = run.substr(word.begin, word.end - word.begin);
            auto forms = umlaut_forms(spelled);
            forms.push_back(std::move(spelled));
            for (auto& form : forms)
              if (seen.insert(lower(form)).second)
                out.names.push_back({NeedleKind::kWords, std::move(form), from});
          }
        }
      }
    }
  return out;
}

bool add_followed(const PlannedEntry& entry, const PlannedField& planned, WithheldWords& words) {
  const Saying saying = saying_of(planned.field.name);
  if (!planned.followed || planned.whole.empty() ||
      (saying != Saying::kAddress && saying != Saying::kAccount))
    return false;
  const auto from = named(label(entry, planned.field.name), planned.whole, words.codes);
  add_value(planned.field.name, planned.field.value, from, words.runs);
  return true;
}

std::vector<Needle> withheld_hashes(const Plan& plan, const WithheldWords& words) {
  std::vector<Needle> out;
  PlainHashes hashes(out);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      for (const auto& [run, code, after_at] : withheld_runs(planned)) {
        const auto from = label(entry, planned.field.name);
        hashes.add(run, from);
        hashes.add(trimmed(run), from);
        hashes.add(lower(std::string(trimmed(run))), from);
      }
  const auto add_singles = [&](const std::vector<Needle>& singles) {
    for (const auto& needle : singles) {
      hashes.add(needle.value, needle.from);
      hashes.add(lower(needle.value), needle.from);
    }
  };
  add_singles(words.names);
  for (const auto& passage : words.passages) add_singles(passage.words);
  return out;
}

Result<std::vector<Needle>> withheld_secrets(ledger::Reader& reader, const Plan& plan) {
  std::vector<Needle> out;
  for (const auto& entry : plan.entries) {
    const auto secret = reader.secret(entry.entry.seq);
    if (!secret) return secret.error();
    out.push_back({NeedleKind::kSecret, bytes_of(*secret), "entry " + std::to_string(entry.entry.seq)});
    for (std::size_t j = 0; j < entry.fields.size(); ++j) {
      const auto& planned = entry.fields[j];
      if (planned.shown_whole()) continue;
      const auto from = label(entry, planned.field.name);
      const auto seed = ledger::field_seed(*secret, entry.entry.seq, static_cast<std::uint16_t>(j));
      out.push_back({NeedleKind::kSecret, bytes_of(seed), from});
      for (std::size_t i = 0; i < records::segment_count(planned.field); ++i)
        if (!planned.code_at(i).empty())
          out.push_back({NeedleKind::kSecret,
                         bytes_of(ledger::segment_salt(seed, static_cast<std::uint32_t>(i))), from});
    }
  }
  return out;
}

}  // namespace muniment::foi
