#include "foi/withheld_words.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

#include "base/bytes.hpp"
#include "bundle/views.hpp"
#include "ledger/commitment.hpp"

namespace muniment::foi {
namespace {

using bundle::Needle;
using bundle::NeedleKind;
using bundle::Needles;

constexpr std::size_t kLongestName = 3;

enum class Saying { kNothing, kWords, kAccount, kAddress, kLines };

Saying saying_of(std::string_view name) {
  constexpr std::string_view kNothing[] = {
      "raw", "raw.b64", "platform",  "type",      "lang",   "visibility", "exchange", "agent",     "source",
      "of",  "origin",  "authority", "exchanges", "status", "release",    "words",    "direction", "late"};
  for (const auto known : kNothing)
    if (name == known) return Saying::kNothing;
  if (name.starts_with("counts.") || name.ends_with(".sha256")) return Saying::kNothing;
  if (name.starts_with("media.") && (name.ends_with(".type") || name.ends_with(".size")))
    return Saying::kNothing;
  if (name.starts_with("provenance.")) return Saying::kNothing;
  if (name == "author.handle" || name == "recipient.handle") return Saying::kAccount;
  if (name == "mentions" || name == "links") return Saying::kLines;
  if (is_text_field(name) || name == "actor" || name == "written.by" || name == "tags") return Saying::kWords;
  return Saying::kAddress;
}

// The name of an account, alone and with its host.
void add_account(std::string_view handle, const std::string& from, std::vector<Needle>& out) {
  while (handle.starts_with('@')) handle.remove_prefix(1);
  const auto at = handle.find('@');
  if (at != std::string_view::npos) out.push_back({NeedleKind::kWords, std::string(handle), from});
  out.push_back({NeedleKind::kHandle, std::string(handle.substr(0, at)), from});
}

bool is_number_like(const bundle::Word& word) {
  return word.length >= 5 && (word.digits || !word.letters);
}

// An address is looked for as a whole, and by what in it names a person or an item: a part after '@', and
// numbers of five digits and more.
void add_address(std::string_view value, const std::string& from, std::vector<Needle>& out) {
  out.push_back({NeedleKind::kUrl, std::string(value), from});
  const auto mark = value.find("://");
  const auto path = mark == std::string_view::npos ? 0 : value.find('/', mark + 3);
  if (path == std::string_view::npos) return;
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

void add_value(Saying saying, std::string_view value, const std::string& from, std::vector<Needle>& out) {
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

struct Run {
  std::string text;
  std::string code;  // of its first segment
};

// Each stretch of neighbouring segments that is withheld.
std::vector<Run> withheld_runs(const PlannedField& planned) {
  if (!planned.whole.empty()) return {{planned.field.value, planned.whole}};
  std::vector<Run> out;
  bool open = false;
  for (std::size_t i = 0; i < planned.parts.size(); ++i) {
    const bool withheld = !planned.parts[i].empty();
    if (withheld && !open) out.push_back({{}, planned.parts[i]});
    if (withheld) out.back().text += records::segment(planned.field, i);
    open = withheld;
  }
  return out;
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

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

void add_hashes(std::string_view text, const std::string& from, std::set<std::string>& done,
                std::vector<Needle>& out) {
  if (text.empty() || !done.insert(std::string(text)).second) return;
  const std::array<const EVP_MD*, 4> kinds = {EVP_md5(), EVP_sha1(), EVP_sha256(), EVP_sha512()};
  for (const auto* kind : kinds) {
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, kind,
               nullptr);
    digest.resize(size);
    out.push_back({NeedleKind::kHash, std::move(digest), from});
  }
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string bytes_of(const base::Hash& hash) {
  return std::string(base::view(hash));
}

void allow_shown(Needles& needles, const Plan& plan) {
  needles.allow(plan.vocabulary);
  needles.allow(plan.authority);
  needles.allow(plan.origin);
  for (const auto& entry : plan.entries) {
    needles.allow(std::to_string(entry.entry.seq));
    std::string stretch;
    for (const auto& planned : entry.fields) {
      if (!is_text_field(planned.field.name) || !planned.whole.empty()) continue;
      for (std::size_t i = 0; i < records::segment_count(planned.field); ++i) {
        if (planned.code_at(i).empty()) {
          stretch += records::segment(planned.field, i);
        } else {
          needles.allow(stretch);
          stretch.clear();
        }
      }
      needles.allow(stretch);
      stretch.clear();
    }
  }
}

std::string_view host_of(std::string_view value) {
  const auto mark = value.find("://");
  if (mark == std::string_view::npos) return {};
  value.remove_prefix(mark + 3);
  return value.substr(0, value.find_first_of("/?#"));
}

// A host that holds an account's name in front of it ("user@host") is not one.
void allow_hosts(Needles& needles, std::string_view value) {
  for (std::size_t at = 0; at < value.size();) {
    const auto end = std::min(value.find_first_of(" \n", at), value.size());
    if (const auto host = host_of(value.substr(at, end - at)); host.find('@') == std::string_view::npos)
      needles.allow(host);
    at = end + 1;
  }
}

void allow_readings(Needles& needles, const std::string& value) {
  constexpr int kReadings = 3;
  std::string reading = value;
  for (int i = 0; i < kReadings; ++i) {
    needles.allow(reading);
    needles.allow(bundle::without_tags(reading));
    reading = bundle::without_escapes(reading);
  }
  if (const auto decoded = base::from_base64(value)) needles.allow(*decoded);
}

void append_live(std::vector<Needle>& out, const Needles& needles) {
  auto live = needles.live();
  std::move(live.begin(), live.end(), std::back_inserter(out));
}

}  // namespace

std::string label(const PlannedEntry& entry, std::string_view field) {
  return "record " + std::to_string(entry.entry.seq) + ", field " + std::string(logical_name(field));
}

WithheldWords withheld_words(const Plan& plan) {
  WithheldWords out;
  std::set<std::string> seen;
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      const Saying saying = saying_of(planned.field.name);
      if (planned.shown_whole() || saying == Saying::kNothing) continue;
      for (const auto& [run, code] : withheld_runs(planned)) {
        const auto from = named(label(entry, planned.field.name), code, out.codes);
        add_value(saying, run, from, out.runs);
        if (saying != Saying::kWords) continue;
        const auto words = bundle::words_of(run);
        for (const auto& word : words) {
          auto spelled = run.substr(word.begin, word.end - word.begin);
          auto& singles = words.size() <= kLongestName ? out.names : out.loose;
          if (seen.insert((words.size() <= kLongestName ? "n" : "l") + lower(spelled)).second)
            singles.push_back({NeedleKind::kWords, std::move(spelled), from});
        }
      }
    }
  return out;
}

std::vector<Needle> withheld_hashes(const Plan& plan, const WithheldWords& words) {
  std::vector<Needle> out;
  std::set<std::string> done;
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields)
      for (const auto& [run, code] : withheld_runs(planned)) {
        const auto from = label(entry, planned.field.name);
        add_hashes(run, from, done, out);
        add_hashes(trimmed(run), from, done, out);
        add_hashes(lower(std::string(trimmed(run))), from, done, out);
      }
  for (const auto* singles : {&words.names, &words.loose})
    for (const auto& needle : *singles) {
      add_hashes(needle.value, needle.from, done, out);
      add_hashes(lower(needle.value), needle.from, done, out);
    }
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

bundle::Needles needles_to_look_for(const Plan& plan, std::vector<Needle> more) {
  Needles names(plan.words.names);
  Needles loose(plan.words.loose);
  for (auto* singles : {&names, &loose}) allow_shown(*singles, plan);
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) {
      if (!planned.shown_whole()) continue;
      allow_hosts(names, planned.field.value);
      if (saying_of(planned.field.name) == Saying::kNothing && !planned.field.name.starts_with("raw"))
        names.allow(planned.field.value);
      allow_readings(loose, planned.field.value);
    }
  std::vector<Needle> all = plan.words.runs;
  append_live(all, names);
  append_live(all, loose);
  std::move(more.begin(), more.end(), std::back_inserter(all));
  Needles out(std::move(all));
  out.allow(plan.authority);
  allow_shown(out, plan);
  return out;
}

}  // namespace muniment::foi
