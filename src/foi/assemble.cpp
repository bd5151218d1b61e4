#include "foi/assemble.hpp"

#include <algorithm>
#include <set>

#include "base/sha256.hpp"
#include "base/time.hpp"
#include "bundle/encoded.hpp"
#include "foi/decision.hpp"
#include "ledger/commitment.hpp"

namespace muniment::foi {
namespace {

constexpr std::string_view kNotAskedFor =
    "No exemption: no part of what was asked for. Such are the bytes in which the platform gave a record, "
    "from which its fields were read, and records that a search found and that are about something else";
constexpr std::string_view kDisposedOf =
    "No exemption: the words of the record were disposed of before this decision, and are not held any more";

DisclosedField disclosed_field(const base::Hash& seed, const PlannedField& planned) {
  const auto& field = planned.field;
  if (!planned.whole.empty())
    return {field.name, Withheld{base::to_base64(ledger::field_digest(seed, field)), planned.whole}};
  const auto count = static_cast<std::uint32_t>(records::segment_count(field));
  if (planned.parts.empty()) {
    Whole whole{base::to_base64(seed), {}};
    for (std::uint32_t i = 0; i < count; ++i) whole.segments.emplace_back(records::segment(field, i));
    return {field.name, std::move(whole)};
  }
  Parts parts;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto salt = ledger::segment_salt(seed, i);
    const auto segment = records::segment(field, i);
    if (planned.parts[i].empty())
      parts.segments.emplace_back(ShownSegment{base::to_base64(salt), std::string(segment)});
    else
      parts.segments.emplace_back(
          WithheldSegment{base::to_base64(ledger::segment_commitment(salt, segment)), planned.parts[i]});
  }
  return {field.name, std::move(parts)};
}

std::vector<std::string> base64_all(const std::vector<base::Hash>& hashes) {
  std::vector<std::string> out;
  out.reserve(hashes.size());
  for (const auto& hash : hashes) out.push_back(base::to_base64(hash));
  return out;
}

// The hashes, keys and signatures in it.  A word of the log's name looks like base64, too, and is none: taken
// for one, it would never be looked for.
void add_tokens(std::string_view text, bundle::Opaque& out) {
  constexpr std::size_t kShortest = 40;  // a hash has 43
  for (auto token : bundle::encoded_tokens(text)) {
    if (token.end - token.begin < kShortest) continue;
    while (token.end < text.size() && text[token.end] == '=') ++token.end;
    out.emplace(text.substr(token.begin, token.end - token.begin));
  }
}

void add_field(const DisclosedField& field, bundle::Opaque& out) {
  if (const auto* whole = std::get_if<Whole>(&field.content)) {
    out.insert(whole->seed);
    // A verifier key is base64 inside a name; the archive's own, not anybody's words.
    if (field.name.ends_with("vkey"))
      for (const auto& segment : whole->segments) add_tokens(segment, out);
  }
  if (const auto* withheld = std::get_if<Withheld>(&field.content)) out.insert(withheld->digest);
  if (const auto* parts = std::get_if<Parts>(&field.content))
    for (const auto& segment : parts->segments) {
      if (const auto* shown = std::get_if<ShownSegment>(&segment))
        out.insert(shown->salt);
      else
        out.insert(std::get<WithheldSegment>(segment).commitment);
    }
}

// The last two of the seven lines of a leaf.
void add_leaf_hashes(const std::string& leaf, bundle::Opaque& out) {
  std::size_t end = leaf.size();
  for (int i = 0; i < 2 && end > 0; ++i) {
    const auto start = leaf.rfind('\n', end - 2) + 1;
    out.insert(leaf.substr(start, end - start - 1));
    end = start;
  }
}

}  // namespace

Disclosure frame_of(const Regime& regime, const Occasion& occasion, const std::string& origin) {
  Disclosure out;
  out.authority = occasion.authority;
  out.origin = origin;
  out.request = occasion.request;
  out.regime = regime.id();
  out.regime_title = regime.title();
  out.made = occasion.decided;
  out.agent = occasion.agent;
  out.timezone = occasion.timezone;
  return out;
}

Result<DisclosedEntry> disclosed_entry(ledger::Reader& reader, const PlannedEntry& entry) {
  const auto seq = entry.entry.seq;
  const auto secret = reader.secret(seq);
  if (!secret) return secret.error();
  DisclosedEntry out;
  out.seq = seq;
  out.time = base::to_rfc3339(entry.entry.time);
  out.kind = entry.entry.kind;
  out.leaf = ledger::leaf_text(reader.origin(), entry.entry);
  out.leaf_hash = base::to_base64(entry.leaf);
  out.decision = decision_of(entry);
  for (std::size_t j = 0; j < entry.fields.size(); ++j)
    out.fields.push_back(
        disclosed_field(ledger::field_seed(*secret, seq, static_cast<std::uint16_t>(j)), entry.fields[j]));
  return out;
}

Status add_proofs(ledger::Reader& reader, ledger::Seq size, DisclosedEntry& entry) {
  const auto inclusion = reader.inclusion(entry.seq, size);
  if (!inclusion) return inclusion.error();
  entry.proof = base64_all(*inclusion);
  if (entry.seq == 0) return {};
  const auto consistency = reader.consistency(entry.seq, size);
  if (!consistency) return consistency.error();
  entry.consistency = base64_all(*consistency);
  return {};
}

std::vector<Exemption> exemptions_used(const Plan& plan, const Regime& regime) {
  std::set<std::string> codes;
  bool out_of_scope = false;
  for (const auto& entry : plan.entries) {
    add_codes(entry.codes(), codes);
    out_of_scope = out_of_scope || std::ranges::any_of(entry.fields, &PlannedField::out_of_scope);
  }
  for (const auto& left : plan.left_out) add_codes(left.code, codes);
  out_of_scope = codes.erase(std::string(kOutOfScope)) > 0 || out_of_scope;
  std::vector<Exemption> out;
  for (const auto& code : codes) out.push_back({code, regime.title_of(code)});
  for (auto& one : out)
    if (one.code == kNotHeld) one.title = kDisposedOf;
  if (out_of_scope) out.push_back({std::string(kOutOfScope), std::string(kNotAskedFor)});
  return out;
}

bundle::Opaque opaque_tokens(const Disclosure& disclosure) {
  bundle::Opaque out;
  add_tokens(disclosure.checkpoint, out);
  for (const auto& left : disclosure.left_out) out.insert(left.leaf_hash);
  for (const auto& entry : disclosure.entries) {
    out.insert(entry.leaf_hash);
    add_leaf_hashes(entry.leaf, out);
    out.insert(entry.proof.begin(), entry.proof.end());
    out.insert(entry.consistency.begin(), entry.consistency.end());
    for (const auto& field : entry.fields) add_field(field, out);
  }
  // An entry may cite one that is not in the bundle.
  for (const auto& entry : disclosure.entries)
    for (const auto& field : entry.fields)
      if (const auto* whole = std::get_if<Whole>(&field.content); whole != nullptr && field.name == "of")
        for (const auto& segment : whole->segments) add_tokens(segment, out);
  return out;
}

}  // namespace muniment::foi
