#include "records/body.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/bytes.hpp"
#include "base/check.hpp"
#include "base/utf8.hpp"
#include "records/segments.hpp"

namespace muniment::records {
namespace {

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool is_name_rest(char c) {
  return is_name_start(c) || c == '.' || c == '_' || c == '-';
}

// "text" and 7 give "text.0007".
std::string numbered(std::string_view name, std::size_t part) {
  char number[8];
  std::snprintf(number, sizeof number, ".%04zu", part);
  return std::string(name) + number;
}

// A field on its way to its place.  Names mostly differ in their first eight bytes, which compare as one
// number.
struct Place {
  std::uint64_t beginning = 0;
  std::size_t field = 0;
};

std::uint64_t beginning_of(std::string_view name) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < sizeof bytes; ++i)
    bytes = bytes << 8 | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
  return bytes;
}

constexpr std::string_view kSentenceEnds[] = {".",      "!",      "?",      "\u3002",
                                              "\uff01", "\uff1f", "\u0964", "\u061f"};

constexpr std::size_t kMostParts = 10'000;
constexpr std::size_t kUsualFields = 32;

// Where the next field of a long text ends: at the last paragraph or sentence end among the segments
// that fit, or after all that fit when there is none.  `first` and the answer count segments.
std::size_t part_end(std::string_view text, const std::vector<std::uint32_t>& starts, std::size_t first) {
  const std::size_t most = first + kSegmentsPerField;
  if (most >= starts.size()) return starts.size();
  const auto ends_with_mark = [&](std::size_t segment) {
    const auto piece = text.substr(starts[segment - 1], starts[segment] - starts[segment - 1]);
    if (piece.find('\n') != std::string_view::npos) return true;
    const auto words = piece.substr(0, piece.find_last_not_of(" \t\r\n") + 1);
    return std::ranges::any_of(kSentenceEnds, [&](std::string_view mark) { return words.ends_with(mark); });
  };
  for (std::size_t end = most; end > first + kSegmentsPerField / 2; --end)
    if (ends_with_mark(end)) return end;
  return most;
}

}  // namespace

const Field* find(const Body& body, std::string_view name) {
  const auto at = std::lower_bound(body.begin(), body.end(), name,
                                   [](const Field& field, std::string_view n) { return field.name < n; });
  return at != body.end() && at->name == name ? &*at : nullptr;
}

std::optional<std::string_view> value_of(const Body& body, std::string_view name) {
  const Field* field = find(body, name);
  return field != nullptr ? std::optional<std::string_view>(field->value) : std::nullopt;
}

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && is_name_start(name[0]) &&
         std::all_of(name.begin() + 1, name.end(), is_name_rest);
}

BodyBuilder& BodyBuilder::add(std::string name, std::string value) {
  if (value.empty()) return *this;
  if (fields_.capacity() == 0) fields_.reserve(kUsualFields);
  fields_.push_back({std::move(name), std::move(value), {}});
  return *this;
}

BodyBuilder& BodyBuilder::add_text(const std::string& name, std::string value) {
  if (value.empty()) return *this;
  if (!base::is_utf8(value)) return add_bytes(name, std::move(value));
  auto cuts = word_cuts(value);
  if (cuts.size() < kSegmentsPerField) {
    fields_.push_back({name, std::move(value), std::move(cuts)});
    return *this;
  }
  std::vector<std::uint32_t> starts = {0};
  starts.insert(starts.end(), cuts.begin(), cuts.end());
  std::size_t part = 0;
  for (std::size_t first = 0; first < starts.size(); ++part) {
    const bool last_part = part + 1 == kMostParts;
    const std::size_t end = last_part ? starts.size() : part_end(value, starts, first);
    const std::size_t from = starts[first];
    const std::size_t to = end < starts.size() ? starts[end] : value.size();
    Field field{numbered(name, part), value.substr(from, to - from), {}};
    for (std::size_t i = first + 1; i < end; ++i) field.cuts.push_back(starts[i] - starts[first]);
    fields_.push_back(std::move(field));
    first = end;
  }
  return *this;
}

BodyBuilder& BodyBuilder::add_bytes(const std::string& name, std::string value) {
  if (base::is_utf8(value)) return add(name, std::move(value));
  return add(name + ".b64", base::to_base64(value));
}

BodyBuilder& BodyBuilder::add_number(std::string name, std::uint64_t value) {
  return add(std::move(name), std::to_string(value));
}

Body BodyBuilder::build() {
  MUNIMENT_CHECK(!fields_.empty() && fields_.size() <= 65535, "a body has 1 to 65535 fields");
  // Fields are large: their places are sorted, and each then moves once.
  std::vector<Place> order(fields_.size());
  for (std::size_t i = 0; i < fields_.size(); ++i) order[i] = {beginning_of(fields_[i].name), i};
  std::sort(order.begin(), order.end(), [&](const Place& a, const Place& b) {
    return a.beginning != b.beginning ? a.beginning < b.beginning
                                      : fields_[a.field].name < fields_[b.field].name;
  });
  Body body;
  body.reserve(fields_.size());
  for (const auto& place : order) {
    auto& field = fields_[place.field];
    MUNIMENT_CHECK(is_field_name(field.name), "a field's name keeps to the grammar");
    MUNIMENT_CHECK(body.empty() || body.back().name != field.name, "a body names each field once");
    body.push_back(std::move(field));
  }
  fields_.clear();
  return body;
}

std::optional<std::string> text_of(const Body& body, std::string_view name) {
  if (const auto whole = value_of(body, name)) return std::string(*whole);
  std::string joined;
  std::size_t part = 0;
  for (; part < kMostParts; ++part) {
    const auto piece = value_of(body, numbered(name, part));
    if (!piece) break;
    joined += *piece;
  }
  return part > 0 ? std::optional(std::move(joined)) : std::nullopt;
}

std::optional<std::string> bytes_of(const Body& body, std::string_view name) {
  if (const auto plain = value_of(body, name)) return std::string(*plain);
  const auto encoded = value_of(body, std::string(name) + ".b64");
  return encoded ? base::from_base64(*encoded) : std::nullopt;
}

}  // namespace muniment::records
