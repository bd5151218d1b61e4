#include "verify/bundle_json.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/sha256.hpp"
#include "verify/commitment.hpp"
#include "verify/json.hpp"

namespace muniment::verify {
namespace {

// True when the object holds only these names: in what proves, a name that is not understood may mean
// anything.
bool only(const Json& object, std::initializer_list<std::string_view> names) {
  return object.is_object() &&
         std::all_of(object.members.begin(), object.members.end(), [&](const auto& member) {
           return std::find(names.begin(), names.end(), member.first) != names.end();
         });
}

const std::string* text_in(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  return value != nullptr && value->is_string() ? &value->text : nullptr;
}

std::optional<base::Hash> hash_in(const Json& object, std::string_view name) {
  const auto* text = text_in(object, name);
  return text == nullptr ? std::nullopt : base::hash_from_base64(*text);
}

bool read_hashes(const Json* list, std::vector<base::Hash>& out) {
  if (list == nullptr || !list->is_array() || list->items.size() > 64) return false;
  for (const auto& item : list->items) {
    const auto hash = item.is_string() ? base::hash_from_base64(item.text) : std::nullopt;
    if (!hash) return false;
    out.push_back(*hash);
  }
  return true;
}

// Absent, or a text that is not empty: an empty one here stands for an absent one.
bool read_code(const Json& object, std::vector<std::string>& codes) {
  const Json* code = object.find("x");
  if (code != nullptr && (!code->is_string() || code->text.empty())) return false;
  codes.push_back(code == nullptr ? std::string() : code->text);
  return true;
}

// A segment of a field shown in part: its salt and words, or its commitment.
bool read_part(const Json& segment, std::uint32_t i, BundleField& out, std::vector<base::Hash>& commitments) {
  if (segment.find("c") != nullptr) {
    const auto commitment = hash_in(segment, "c");
    if (!only(segment, {"c", "x"}) || !commitment || !read_code(segment, out.codes)) return false;
    commitments.push_back(*commitment);
    out.withheld.push_back(i);
    return true;
  }
  const auto salt = hash_in(segment, "salt");
  const auto* words = text_in(segment, "v");
  if (!only(segment, {"salt", "v"}) || !salt || words == nullptr) return false;
  commitments.push_back(segment_commitment(*salt, *words));
  out.value += *words;
  return true;
}

bool read_segments(const Json& field, const std::optional<base::Hash>& seed, BundleField& out) {
  const Json* segments = field.find("segs");
  if (segments == nullptr || !segments->is_array() || segments->items.empty() ||
      segments->items.size() > kMostSegments)
    return false;
  std::vector<base::Hash> commitments;
  for (std::uint32_t i = 0; i < segments->items.size(); ++i) {
    const Json& segment = segments->items[i];
    if (!seed) {
      if (!read_part(segment, i, out, commitments)) return false;
      continue;
    }
    const auto* words = text_in(segment, "v");
    if (!only(segment, {"v"}) || words == nullptr) return false;
    commitments.push_back(segment_commitment(segment_salt(*seed, i), *words));
    out.value += *words;
  }
  out.digest = field_digest(commitments);
  out.shown_in_full = out.withheld.empty();
  if (!out.shown_in_full) out.value.clear();
  return true;
}

bool read_field(const Json& field, BundleField& out) {
  const auto* name = field.is_object() ? text_in(field, "name") : nullptr;
  if (name == nullptr || !is_field_name(*name)) return false;
  out.name = *name;
  if (field.find("digest") != nullptr) {
    const auto digest = hash_in(field, "digest");
    if (!only(field, {"name", "digest", "x"}) || !digest || !read_code(field, out.codes)) return false;
    out.digest = *digest;
    out.withheld_whole = true;
    return true;
  }
  if (field.find("seed") == nullptr)
    return only(field, {"name", "segs"}) && read_segments(field, std::nullopt, out);
  const auto seed = hash_in(field, "seed");
  return only(field, {"name", "seed", "segs"}) && seed && read_segments(field, seed, out);
}

bool read_fields(const Json* fields, BundleEntry& out, std::string& why) {
  if (fields == nullptr || !fields->is_array() || fields->items.empty() || fields->items.size() > kMostFields)
    return why = "it has no fields", false;
  for (const auto& item : fields->items) {
    BundleField field;
    if (!read_field(item, field))
      return why = "its field number " + std::to_string(out.fields.size()) + " is not as the format says",
             false;
    if (!out.fields.empty() && field.name <= out.fields.back().name)
      return why = "its fields are not in ascending order", false;
    out.fields.push_back(std::move(field));
  }
  return true;
}

bool read_entry(const Json& entry, BundleEntry& out, std::string& why) {
  if (!only(entry, {"leaf", "proof", "consistency", "fields"}))
    return why = "it holds a name that the format does not know", false;
  const auto* leaf = text_in(entry, "leaf");
  if (leaf == nullptr) return why = "it has no leaf", false;
  auto parsed = parse_leaf(*leaf, why);
  if (!parsed) return false;
  out.leaf = std::move(*parsed);
  out.hash = base::leaf_hash(*leaf);
  if (!read_hashes(entry.find("proof"), out.proof))
    return why = "its proof of inclusion is not a list of hashes", false;
  const Json* consistency = entry.find("consistency");
  if ((consistency != nullptr || out.leaf.seq != 0) && !read_hashes(consistency, out.consistency))
    return why = "its proof of consistency is not a list of hashes", false;
  return read_fields(entry.find("fields"), out, why);
}

bool read_anchor(const Json& anchor, BundleAnchor& out) {
  const auto* checkpoint = anchor.is_object() ? text_in(anchor, "checkpoint") : nullptr;
  const auto* token = checkpoint != nullptr ? text_in(anchor, "tsr") : nullptr;
  const auto bytes = token != nullptr ? base::from_base64(*token) : std::nullopt;
  if (!only(anchor, {"checkpoint", "tsr", "consistency"}) || !bytes) return false;
  out.checkpoint = *checkpoint;
  out.token = *bytes;
  return anchor.find("consistency") == nullptr || read_hashes(anchor.find("consistency"), out.consistency);
}

void read_entries(const Json* list, Bundle& out, Report& report) {
  if (list == nullptr || !list->is_array() || list->items.empty())
    return report.find("grammar", "the bundle discloses no entries");
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    BundleEntry entry;
    std::string why;
    if (read_entry(list->items[i], entry, why))
      out.entries.push_back(std::move(entry));
    else
      report.find("grammar",
                  "the disclosed entry in place " + std::to_string(i + 1) +
                      (entry.hash == base::Hash{} ? "" : " (number " + std::to_string(entry.leaf.seq) + ")") +
                      " cannot be read: " + why);
  }
}

void read_anchors(const Json* list, Bundle& out, Report& report) {
  if (list == nullptr) return;
  if (!list->is_array()) return report.find("grammar", "the time-stamps are not a list");
  for (const auto& item : list->items)
    if (!read_anchor(item, out.anchors.emplace_back()))
      report.find("grammar", "a time-stamp is not as the format says");
}

}  // namespace

const BundleField* BundleEntry::find(std::string_view name) const {
  for (const auto& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

std::optional<Bundle> parse_bundle(std::string_view text, Report& report) {
  const auto json = parse_json(text);
  if (!json && json.error().code == Code::kUnavailable)
    return report.could_not("bundle.json: " + json.error().what), std::nullopt;
  if (!json) return report.find("grammar", "bundle.json cannot be read: " + json.error().what), std::nullopt;
  const Json* version = json->find("v");
  if (version == nullptr || !version->is_number())
    return report.find("grammar", "bundle.json does not say its version"), std::nullopt;
  if (version->number != 1) {
    report.could_not("bundle.json has version " + std::to_string(version->number) +
                     "; this program knows version 1 only");
    return std::nullopt;
  }
  Bundle out;
  if (!only(*json, {"v", "checkpoint", "entries", "anchors", "release"}))
    report.find("grammar", "bundle.json holds a name that the format does not know");
  if (const auto* checkpoint = text_in(*json, "checkpoint"))
    out.checkpoint = *checkpoint;
  else
    report.find("grammar", "bundle.json holds no checkpoint");
  read_entries(json->find("entries"), out, report);
  read_anchors(json->find("anchors"), out, report);
  if (json->find("release") != nullptr) {
    const auto* release = text_in(*json, "release");
    if (release == nullptr) return report.find("grammar", "the release is not a text"), std::nullopt;
    out.release = *release;
  }
  return out;
}

}  // namespace muniment::verify
