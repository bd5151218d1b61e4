#include "index/capture_fields.hpp"

#include <algorithm>

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
    {"edited", &CaptureFields::edited},
    {"fetched", &CaptureFields::fetched},
    {"id", &CaptureFields::id},
    {"id.local", &CaptureFields::local_id},
    {"platform", &CaptureFields::platform},
    {"posted", &CaptureFields::posted},
    {"reply.to", &CaptureFields::reply_to},
    {"source", &CaptureFields::source},
    {"tags", &CaptureFields::tags},
};
static_assert(std::is_sorted(std::begin(kPlain), std::end(kPlain),
                             [](const Plain& a, const Plain& b) { return a.name < b.name; }));

// "text", "text.0000", "summary", "media.0.alt", "media.0.alt.0001"; and whom the body itself spoke to
bool is_text(std::string_view name) {
  return name == "text" || name == "recipient.name" || name == "recipient.handle" || name == "summary" ||
         name.starts_with("text.") || name.starts_with("summary.") ||
         (name.starts_with("media.") && name.find(".alt") != std::string_view::npos);
}

}  // namespace

void read_capture(CaptureFields& fields, const records::Body& body) {
  auto texts = std::move(fields.texts);
  texts.clear();
  fields = {};
  const Plain* next = std::begin(kPlain);
  for (const auto& field : body) {
    // Both lists ascend, so each name is compared about once.
    while (next != std::end(kPlain) && next->name < field.name) ++next;
    if (next != std::end(kPlain) && next->name == field.name)
      fields.*(next->member) = field.value;
    else if (is_text(field.name))
      texts.push_back(field.value);
  }
  fields.texts = std::move(texts);
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
