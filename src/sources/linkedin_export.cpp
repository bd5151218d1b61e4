// LinkedIn's export: tables (CSV) of messages, comments and posts.
#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/csv.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

// "2024-03-15 09:30:00 UTC"
std::string time_of(std::string text) {
  if (text.ends_with(" UTC")) text.resize(text.size() - 4);
  return claimed_time(text);
}

const records::Account* owner_of(const SavedContext& context) {
  const auto found = context.owners.find("linkedin");
  return found == context.owners.end() ? nullptr : &found->second;
}

Status read_message(std::string_view record, const SavedContext& context, Reading& out) {
  const CsvRow row(context.head, record);
  if (row.size() < row.columns())
    return Error{Code::kInvalid, "a line of the messages has " + std::to_string(row.size()) + " of " +
                                     std::to_string(row.columns()) + " cells"};
  Item item;
  item.length = record.size();
  item.why_private = "a direct message";
  auto& it = item.interaction;
  it.platform = "linkedin";
  it.type = "message";
  it.visibility = "direct";
  it.posted = time_of(row["DATE"]);
  it.text = row["CONTENT"];
  it.summary = row["SUBJECT"];
  it.author.name = row["FROM"];
  it.author.url = row["SENDER PROFILE URL"];
  it.author.id = it.author.url;
  if (const auto to = row["TO"]; !to.empty()) it.mentions.push_back(to);
  it.thread = "conversation/" + row["CONVERSATION ID"];
  it.id = records::made_name("message", it.posted, {it.thread, it.author.name, it.text});
  item.has_made_name = true;
  out.items.push_back(std::move(item));
  return {};
}

Status read_share(std::string_view record, const SavedContext& context, Reading& out) {
  const CsvRow row(context.head, record);
  Item item;
  item.length = record.size();
  auto& it = item.interaction;
  it.platform = "linkedin";
  const bool is_share = !row["ShareLink"].empty();
  it.url = is_share ? row["ShareLink"] : row["Link"];
  if (it.url.empty()) return Error{Code::kInvalid, "a line of the export names no post"};
  it.posted = time_of(row["Date"]);
  it.text = is_share ? row["ShareCommentary"] : row["Message"];
  if (const auto* owner = owner_of(context)) it.author = *owner;
  if (is_share) {
    it.type = "post";
    it.id = it.url;
    it.visibility = row["Visibility"];
    if (it.visibility.starts_with("CONNECTIONS")) item.why_private = "a post for connections only";
    if (it.visibility == "CONTAINER") item.why_private = "a post in a group";
    if (const auto link = row["SharedUrl"]; !link.empty()) it.links.push_back(link);
    if (const auto media = row["MediaUrl"]; !media.empty()) it.media.push_back({media, "", ""});
  } else {
    it.type = "comment";
    it.thread = it.url;
    it.id = records::made_name("comment", it.posted, {it.url, it.text});
    item.has_made_name = true;
  }
  out.items.push_back(std::move(item));
  return {};
}

bool is_messages(const Beginning& it) {
  return !it.is_json() && it.text().starts_with("CONVERSATION ID,");
}

bool is_shares(const Beginning& it) {
  return !it.is_json() &&
         (it.text().starts_with("Date,ShareLink,") || it.text().starts_with("Date,Link,Message"));
}

// Profile.csv
void learn_owner(const Beginning& it, std::string_view bytes, SavedContext& context) {
  if (it.is_json() || !it.text().starts_with("First Name,Last Name,")) return;
  RowCutter cutter;
  std::vector<Slice> rows;
  cutter.look(bytes, true, rows);
  if (rows.empty()) return;
  const CsvRow row(bytes.substr(0, cutter.head()), bytes.substr(rows[0].offset, rows[0].length));
  const auto name = row["First Name"] + " " + row["Last Name"];
  if (name.size() > 1) context.owners.emplace("linkedin", records::Account{"", "", name, ""});
}

}  // namespace

const SavedFormat kLinkedInMessages = {.name = "linkedin-messages",
                                       .help = "messages of LinkedIn's export",
                                       .is = is_messages,
                                       .read = read_message,
                                       .cut = Cut::kRows,
                                       .why_private = "direct messages"};
const SavedFormat kLinkedInPosts = {.name = "linkedin-posts",
                                    .help = "posts and comments of LinkedIn's export",
                                    .is = is_shares,
                                    .read = read_share,
                                    .cut = Cut::kRows,
                                    .learn = learn_owner,
                                    .owner_marks = "First Name,Last Name",
                                    .asks_owner = true};

}  // namespace muniment::sources
