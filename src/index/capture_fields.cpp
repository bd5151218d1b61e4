#include "index/capture_fields.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/time.hpp"

namespace muniment::index {
namespace {

constexpr std::int64_t kLatestSecond = std::int64_t{1} << 38;  // about the year 10,000

struct Plain {
  std::string_view name;
  std::string_view CaptureFields::*member;
};
constexpr Plain kPlain[] = {
    {"author.handle", &CaptureFields::author_handle},
    {"author.id", &CaptureFields::author_id},
    {"author.name", &CaptureFields::author_name},
    {"completes", &CaptureFields::completes},
    {"edit.of", &CaptureFields::edit_of},
    {"edited", &CaptureFields::edited},
    {"fetched", &CaptureFields::fetched},
    {"id", &CaptureFields::id},
    {"id.local", &CaptureFields::local_id},
    {"platform", &CaptureFields::platform},
    {"posted", &CaptureFields::posted},
    {"reply.to", &CaptureFields::reply_to},
    {"source", &CaptureFields::source},
    {"tags", &CaptureFields::tags},
    {"type", &CaptureFields::type},
};
static_assert(std::is_sorted(std::begin(kPlain), std::end(kPlain),
                             [](const Plain& a, const Plain& b) { return a.name < b.name; }));

// "text", "text.0000", "summary", "media.0.alt", "media.0.alt.0001"; and whom the body itself spoke to
bool is_text(std::string_view name) {
  return name == "text" || name == "recipient.name" || name == "recipient.handle" || name == "summary" ||
         name.starts_with("text.") || name.starts_with("summary.") ||
         (name.starts_with("media.") && name.find(".alt") != std::string_view::npos);
}

// "text" of "text.0001": long texts stand in several fields.
std::string_view text_of(std::string_view name) {
  const auto dot = name.rfind('.');
  const auto part = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  const bool is_part = part.size() == 4 && part.find_first_not_of("0123456789") == std::string_view::npos;
  return is_part ? name.substr(0, dot) : name;
}

// N of "media.N.url", where the value is an address and not a name within some file.
std::optional<std::uint16_t> media_place(const records::Field& field) {
  constexpr std::string_view kBefore = "media.", kAfter = ".url";
  constexpr std::string_view kSchemes[] = {"https://", "http://", "at://"};
  std::string_view name = field.name;
  if (!name.starts_with(kBefore) || !name.ends_with(kAfter)) return std::nullopt;
  if (std::ranges::none_of(kSchemes, [&](auto scheme) { return field.value.starts_with(scheme); }))
    return std::nullopt;
  name.remove_prefix(kBefore.size());
  name.remove_suffix(std::min(kAfter.size(), name.size()));
  std::uint16_t place = 0;
  const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), place);
  return wrong == std::errc{} && end == name.data() + name.size() ? std::optional(place) : std::nullopt;
}

}  // namespace

void read_capture(CaptureFields& fields, const records::Body& body) {
  auto texts = std::move(fields.texts);
  auto media = std::move(fields.media);
  texts.clear();
  media.clear();
  fields = {};
  std::string_view text;  // that is being read
  const Plain* next = std::begin(kPlain);
  for (const auto& field : body) {
    // Both lists ascend, so each name is compared about once.
    while (next != std::end(kPlain) && next->name < field.name) ++next;
    if (next != std::end(kPlain) && next->name == field.name)
      fields.*(next->member) = field.value;
    else if (is_text(field.name))
      texts.push_back({field.value, std::exchange(text, text_of(field.name)) != text});
    else if (const auto place = media_place(field))
      media.push_back(*place);
  }
  fields.texts = std::move(texts);
  fields.media = std::move(media);
}

std::int64_t posted_second(const CaptureFields& fields, std::int64_t sealed) {
  for (const auto text : {fields.posted, fields.fetched}) {
    if (text.empty()) continue;
    const auto time = base::parse_rfc3339(text);
    if (!time) continue;
    const std::int64_t second = time->time_since_epoch().count() / 1000;
    return std::clamp<std::int64_t>(second, 0, kLatestSecond);
  }
  return std::clamp<std::int64_t>(sealed, 0, kLatestSecond);
}

}  // namespace muniment::index
