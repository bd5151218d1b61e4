#include "sources/x_v2_parts.hpp"

#include <string_view>
#include <utility>

#include "sources/x_status.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;

}  // namespace

void x_v2_entities(Json entities, records::Interaction& out) {
  for (JsonList one(entities.field("mentions")); one && out.mentions.size() < kMostListed; one.next())
    if (const auto name = one.value().field("username").text(); !name.empty())
      out.mentions.emplace_back(name);
  for (JsonList one(entities.field("hashtags")); one && out.tags.size() < kMostListed; one.next())
    if (const auto tag = one.value().field("tag").text(); !tag.empty()) out.tags.emplace_back(tag);
  for (JsonList one(entities.field("urls")); one && out.links.size() < kMostListed; one.next()) {
    const auto link = one.value().field("expanded_url").text();
    const bool is_media =
        one.value().field("media_key") || one.value().field("display_url").text().starts_with("pic.");
    if (!link.empty() && !is_media) out.links.emplace_back(link);
  }
}

void x_v2_poll(Json poll, records::Interaction& out) {
  std::uint64_t votes = 0;
  auto most = kMostListed;
  for (JsonList option(poll.field("options")); option && most-- != 0; option.next()) {
    if (!out.text.empty()) out.text.push_back('\n');
    out.text.append("- ").append(x_text(option.value().field("label").text()));
    votes += option.value().field("votes").number();
  }
  if (JsonList(poll.field("options")).value().field("votes")) out.counts.emplace_back("votes", votes);
}

void x_v2_picture(Json media, records::Interaction& out) {
  if (!media) return;
  records::Media found;
  std::uint64_t most = 0;
  found.url = media.field("url").text();
  for (JsonList one(media.field("variants")); one; one.next())
    if (const auto rate = one.value().field("bit_rate").number() + 1; rate > most) {
      most = rate;
      found.url = one.value().field("url").text();
    }
  if (found.url.empty()) found.url = media.field("preview_image_url").text();
  found.type = media.field("type").text();
  found.alt = media.field("alt_text").text();
  out.media.push_back(std::move(found));
}

void x_v2_counts(Json metrics, records::Interaction& out) {
  constexpr std::pair<std::string_view, std::string_view> kCounts[] = {
      {"reply_count", "replies"}, {"retweet_count", "reposts"},    {"like_count", "likes"},
      {"quote_count", "quotes"},  {"bookmark_count", "bookmarks"}, {"impression_count", "views"}};
  for (const auto& [theirs, ours] : kCounts)
    if (const auto count = metrics.field(theirs)) out.counts.emplace_back(ours, count.number());
}

}  // namespace muniment::sources
