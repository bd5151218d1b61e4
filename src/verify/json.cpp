#include "verify/json.hpp"

#include <simdjson.h>

#include <cstdint>
#include <set>

namespace muniment::verify {
namespace {

constexpr std::size_t kDeepest = 16;

Status copy(const simdjson::dom::element& from, Json& to);

Status copy_object(const simdjson::dom::object& from, Json& to) {
  to.kind = Json::Kind::kObject;
  std::set<std::string_view> names;
  for (const auto [name, value] : from) {
    if (!names.insert(name).second)
      return Error{Code::kInvalid,
                   "the name \"" + std::string(name.substr(0, 64)) + "\" is used twice in one object"};
    to.members.emplace_back(std::string(name), Json{});
    if (auto done = copy(value, to.members.back().second); !done) return done;
  }
  return {};
}

Status copy_array(const simdjson::dom::array& from, Json& to) {
  to.kind = Json::Kind::kArray;
  to.items.reserve(from.size());
  for (const auto value : from)
    if (auto done = copy(value, to.items.emplace_back()); !done) return done;
  return {};
}

Status copy(const simdjson::dom::element& from, Json& to) {
  using simdjson::dom::element_type;
  switch (from.type()) {
    case element_type::OBJECT:
      return copy_object(simdjson::dom::object(from), to);
    case element_type::ARRAY:
      return copy_array(simdjson::dom::array(from), to);
    case element_type::STRING:
      to.kind = Json::Kind::kString;
      to.text = std::string(std::string_view(from));
      return {};
    case element_type::INT64: {
      const std::int64_t value{from};
      if (value < 0) return Error{Code::kInvalid, "a negative number has no meaning here"};
      to.kind = Json::Kind::kNumber;
      to.number = static_cast<std::uint64_t>(value);
      return {};
    }
    case element_type::BOOL:
      to.kind = Json::Kind::kBoolean;
      to.number = bool(from) ? 1 : 0;
      return {};
    case element_type::NULL_VALUE:
      return {};
    default:
      return Error{Code::kInvalid, "a number is not a whole number from 0 to 2^63-1"};
  }
}

// In JSON a minus outside of strings belongs to a number; what is parsed no longer tells -0 from 0.
bool has_minus(std::string_view json) {
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"') in_string = !in_string;
    if (json[i] == '\\' && in_string) ++i;
    if (json[i] == '-' && !in_string) return true;
  }
  return false;
}

}  // namespace

const Json* Json::find(std::string_view name) const {
  for (const auto& [own, value] : members)
    if (own == name) return &value;
  return nullptr;
}

Result<Json> parse_json(std::string_view text) {
  // simdjson throws when an element is read as what it is not, which copy() never does.
  simdjson::dom::parser parser;
  if (parser.allocate(text.size(), kDeepest) != simdjson::SUCCESS)
    return Error{Code::kUnavailable, "there is not enough memory to read the JSON"};
  simdjson::dom::element root;
  if (const auto error = parser.parse(simdjson::padded_string(text)).get(root); error != simdjson::SUCCESS)
    return Error{Code::kInvalid, std::string("it is not JSON: ") + simdjson::error_message(error)};
  if (has_minus(text)) return Error{Code::kInvalid, "a number is not written in digits alone"};
  Json out;
  if (auto done = copy(root, out); !done) return done.error();
  return out;
}

}  // namespace muniment::verify
