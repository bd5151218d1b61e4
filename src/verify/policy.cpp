#include "verify/policy.hpp"

#include <algorithm>
#include <array>

#include "base/file.hpp"
#include "verify/json.hpp"
#include "verify/leaf.hpp"

namespace muniment::verify {
namespace {

constexpr std::uint64_t kLargest = 1 << 20;  // bytes
constexpr auto kNames =
    std::to_array<std::string_view>({"cadence_minutes", "log", "origin", "quorum", "tsa_ca", "witnesses"});

Error not_a_policy(const std::string& why) {
  return {Code::kInvalid, "this is not a policy: " + why,
          "docs/formats/policy.md describes what a policy holds"};
}

Status read_keys(const Json& json, std::string_view name, KeyType type, std::vector<VerifierKey>& out) {
  const Json* list = json.find(name);
  if (list == nullptr) return {};
  if (!list->is_array() || list->items.size() > kMostSignatures)
    return not_a_policy("\"" + std::string(name) + "\" is not a list of verifier keys");
  for (const auto& item : list->items) {
    auto key = item.is_string() ? parse_vkey(item.text) : std::nullopt;
    if (!key || key->type != type)
      return not_a_policy("\"" + std::string(name) +
                          "\" holds something that is no verifier key of its kind");
    const auto same = [&](const VerifierKey& other) {
      return other.name == key->name && other.id == key->id;
    };
    if (std::any_of(out.begin(), out.end(), same))
      return not_a_policy("\"" + std::string(name) + "\" names one key twice");
    out.push_back(std::move(*key));
  }
  return {};
}

Status read_number(const Json& json, std::string_view name, std::uint64_t& out) {
  const Json* value = json.find(name);
  if (value == nullptr) return {};
  if (!value->is_number()) return not_a_policy("\"" + std::string(name) + "\" is not a number");
  out = value->number;
  return {};
}

Status read_text(const Json& json, std::string_view name, std::string& out) {
  const Json* value = json.find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) return not_a_policy("\"" + std::string(name) + "\" is not a text");
  out = value->text;
  return {};
}

}  // namespace

Result<Policy> parse_policy(std::string_view text) {
  if (text.size() > kLargest) return not_a_policy("it is larger than 1 MiB");
  const auto json = parse_json(text);
  if (!json) return not_a_policy(json.error().what);
  if (!json->is_object()) return not_a_policy("it is not a JSON object");
  for (const auto& [name, value] : json->members)
    if (!std::binary_search(kNames.begin(), kNames.end(), name))
      return not_a_policy("\"" + name + "\" is not known to this version");
  Policy policy;
  for (auto done :
       {read_text(*json, "origin", policy.origin), read_keys(*json, "log", KeyType::kEd25519, policy.log),
        read_keys(*json, "witnesses", KeyType::kCosignature, policy.witnesses),
        read_number(*json, "quorum", policy.quorum), read_text(*json, "tsa_ca", policy.tsa_ca),
        read_number(*json, "cadence_minutes", policy.cadence_minutes)})
    if (!done) return done.error();
  if (!is_origin(policy.origin)) return not_a_policy("\"origin\" is not the name of a log");
  if (policy.log.empty()) return not_a_policy("\"log\" names no key");
  for (const auto& key : policy.log)
    if (key.name != policy.origin) return not_a_policy("a key in \"log\" has another name than \"origin\"");
  if (policy.quorum > policy.witnesses.size())
    return not_a_policy("\"quorum\" asks for more witnesses than are named");
  return policy;
}

Result<Policy> read_policy(const std::filesystem::path& path) {
  const auto text = base::read_file(path, kLargest);
  if (!text) return text.error();
  return parse_policy(*text);
}

}  // namespace muniment::verify
