// YouTube in Takeout, as tables: comments.csv, live chats.csv.
//
//   Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,
//     Top-Level Comment ID
//   Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Currency code,Video ID,Live Chat Text
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/csv.hpp"
#include "sources/json_page.hpp"
#include "sources/saved_formats.hpp"
#include "sources/youtube_names.hpp"

namespace muniment::sources {
namespace {

// {"text": "…"} after one another, or in a list, or in a list called takeoutSegments: what is said, piece by
// piece.
std::string pieces(const std::string& cell) {
  auto page = JsonPage::parse(cell.starts_with("[") ? cell : "[" + cell + "]");
  if (!page) return cell;
  std::string out;
  for (JsonList one(page->root()); one; one.next()) {
    if (!one.value().is_object()) return cell;  // words that happen to be JSON: 42, "true"
    out += one.value().field("text").text();
    for (JsonList part(one.value().field("takeoutSegments")); part; part.next())
      out += part.value().field("text").text();
  }
  return out;
}

Item begin(std::string_view record, const CsvRow& row, const std::string& id) {
  Item item;
  item.length = record.size();
  auto& it = item.interaction;
  it.platform = "youtube";
  it.type = "comment";
  it.id = id;
  it.author.id = row["Channel ID"];
  if (!it.author.id.empty()) it.author.url = youtube_channel_url(it.author.id);
  if (const auto video = row["Video ID"]; !video.empty()) {
    it.thread = "video/" + video;
    it.url = youtube_comment_url(video, id);
  }
  return item;
}

Status read_row(std::string_view record, const SavedContext& context, Reading& out) {
  const CsvRow row(context.head, record);
  if (const auto chat = row["Live Chat ID"]; !chat.empty()) {
    auto item = begin(record, row, chat);
    auto& it = item.interaction;
    if (const auto video = row["Video ID"]; !video.empty())
      it.url = "https://www.youtube.com/watch?v=" + video;
    it.posted = claimed_time(row["Live Chat Create Timestamp"]);
    it.text = without_mark(pieces(row["Live Chat Text"]));
    out.items.push_back(std::move(item));
    return {};
  }
  const auto id = row["Comment ID"];
  if (id.empty()) return Error{Code::kInvalid, "a line of the comments has no number"};
  auto item = begin(record, row, id);
  auto& it = item.interaction;
  it.posted = claimed_time(row["Comment Create Timestamp"]);
  it.text = without_mark(pieces(row["Comment Text"]));
  it.reply_to = row["Parent Comment ID"];
  if (it.reply_to.empty()) it.reply_to = row["Top-Level Comment ID"];
  if (it.reply_to == id) it.reply_to.clear();
  if (!it.reply_to.empty()) it.type = "reply";
  if (const auto post = row["Post ID"]; !post.empty() && it.thread.empty()) it.thread = "post/" + post;
  out.items.push_back(std::move(item));
  return {};
}

bool is_takeout(const Beginning& it) {
  if (it.is_json()) return false;
  return (it.text().starts_with("Comment ID,") && it.mentions("Comment Text")) ||
         (it.text().starts_with("Live Chat ID,") && it.mentions("Live Chat Text"));
}

}  // namespace

const SavedFormat kYouTubeTakeout = {"youtube-takeout", "comments and live chats of YouTube in Takeout (CSV)",
                                     is_takeout, read_row, Cut::kRows};

}  // namespace muniment::sources
