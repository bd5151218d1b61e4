#include "sources/graph_pictures.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view first_text(Json in, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (const auto found = in.field(name)) return found.text();
  return {};
}

// The first of a photo's sizes is the largest.
std::string_view picture_of(Json in) {
  const auto largest = JsonList(in.field("images")).value().field("source").text();
  return largest.empty() ? first_text(in, {"media_url", "full_picture", "picture"}) : largest;
}

// The first picture of an album stands for it, too, and is one of it.
void child(Json in, records::Interaction& out) {
  if (const auto picture = in.field("media_url").text(); !picture.empty())
    out.media.push_back({std::string(picture), lower(in.field("media_type").text()),
                         std::string(in.field("alt_text").text())});
}

void attached(Json in, records::Interaction& out) {
  const auto parts = in.field("subattachments").field("data");
  for (JsonList one(parts); one; one.next())
    if (!one.value().field("subattachments")) attached(one.value(), out);
  if (parts.size() != 0) return;
  const auto picture = in.field("media").field("image").field("src").text();
  const auto type = in.field("type").text();
  if (!picture.empty() && out.media.size() < kMostListed)
    out.media.push_back(
        {std::string(picture), std::string(type), std::string(in.field("description").text())});
  const auto link = in.field("url").text();
  if (type == "share" && !link.empty() && std::ranges::find(out.links, link) == out.links.end())
    out.links.emplace_back(link);
}

}  // namespace

void add_graph_pictures(Json in, records::Interaction& out) {
  const auto attachments = in.field("attachments").field("data");
  for (JsonList one(attachments); one; one.next()) attached(one.value(), out);
  attached(in.field("attachment"), out);
  for (JsonList one(in.field("children").field("data")); one && out.media.size() < kMostListed; one.next())
    child(one.value(), out);
  if (attachments.size() != 0 || !out.media.empty()) return;
  if (const auto picture = picture_of(in); !picture.empty())
    out.media.push_back({std::string(picture), lower(in.field("media_type").text()),
                         std::string(in.field("alt_text").text())});
}

}  // namespace muniment::sources
