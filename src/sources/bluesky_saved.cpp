// Bluesky as it is saved: answers of its interface, and repositories (CAR), whose blocks are checked against
// their names.  An item is named by its at:// address, whichever it comes from; a version by its CID.
#include "sources/beginning.hpp"
#include "sources/bluesky_page.hpp"
#include "sources/bluesky_post.hpp"
#include "sources/bluesky_repository.hpp"
#include "sources/claims.hpp"
#include "sources/dag_cbor.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kPost = "app.bsky.feed.post/";
constexpr std::string_view kRepost = "app.bsky.feed.repost/";
constexpr std::string_view kProfile = "app.bsky.actor.profile/self";

// False: a record of another kind.
bool read_record(Json record, std::string_view uri, std::string_view cid, records::Interaction& out) {
  const auto at = at_uri(uri);
  if (at.collection == kPost.substr(0, kPost.size() - 1)) {
    read_bluesky_record(record, uri, cid, out);
    return true;
  }
  if (at.collection != kRepost.substr(0, kRepost.size() - 1)) return false;
  out.platform = "bluesky";
  out.type = "repost";
  out.id = uri;
  out.revision = cid;
  out.author.id = at.authority;
  out.posted = claimed_time(record.field("createdAt").text());
  out.repost_of = record.field("subject").field("uri").text();
  out.repost_author.id = at_uri(out.repost_of).authority;
  if (!out.repost_author.id.empty())
    out.repost_author.url = "https://bsky.app/profile/" + out.repost_author.id;
  return true;
}

// {uri, cid, value}, as com.atproto.repo.getRecord and listRecords give records.
void read_entry(JsonPage& page, Json entry, Reading& out) {
  auto item = item_at(page.slice(entry));
  if (read_record(entry.field("value"), entry.field("uri").text(), entry.field("cid").text(),
                  item.interaction))
    out.items.push_back(std::move(item));
  else
    ++out.others;
}

Status read_page(std::string_view record, const SavedContext&, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  if (const auto records = root.field("records"); records.is_list() || root.field("value").is_object()) {
    out.recovered = out.recovered || page->recovered();
    if (!records.is_list()) return read_entry(*page, root, out), Status();
    for (JsonList one(records); one; one.next()) read_entry(*page, one.value(), out);
    return {};
  }
  for (const auto& view : {root, root.field("post")}) {
    if (!is_bluesky_view(view) || root.field("reason")) continue;
    auto item = item_at(page->slice(view));
    read_bluesky_view(view, item.interaction);
    out.items.push_back(std::move(item));
    return {};
  }
  auto reading = read_bluesky(*page);
  if (!reading) return std::move(reading).error();
  for (auto& item : reading->items) out.items.push_back(std::move(item));
  for (auto& remark : reading->remarks) out.remarks.push_back(std::move(remark));
  out.recovered = out.recovered || reading->recovered;
  return {};
}

Status read_repository_file(std::string_view record, const SavedContext&, Reading& out) {
  const auto repository = read_repository(record);
  if (!repository) return repository.error();
  for (const auto& remark : repository->remarks) out.remarks.push_back(remark);
  out.recovered = out.recovered || !repository->remarks.empty();
  std::string name;
  const auto before = out.items.size();
  for (const auto& one : repository->records) {
    const auto json = json_of_cbor(record.substr(one.place.offset, one.place.length));
    const auto page = json ? JsonPage::parse(*json) : Result<JsonPage>(json.error());
    if (!page) {
      out.remarks.push_back("the record " + one.path + " cannot be read: " + page.error().what);
      continue;
    }
    if (one.path == kProfile) name = page->root().field("displayName").text();
    Item item;
    item.offset = one.place.offset;
    item.length = one.place.length;
    if (read_record(page->root(), "at://" + repository->did + "/" + one.path, one.cid, item.interaction))
      out.items.push_back(std::move(item));
    else
      ++out.others;
  }
  for (auto i = before; i < out.items.size(); ++i) out.items[i].interaction.author.name = name;
  return {};
}

bool is_page(const Beginning& it) {
  return it.has({"feed.post.uri"}) || it.has({"thread.post"}) || it.has({"posts.uri", "posts.cid"}) ||
         it.has({"notifications.uri", "notifications.reason"}) ||
         it.has({"uri", "cid", "author", "record"}) || it.has({"post.uri", "post.cid", "post.record"}) ||
         it.has({"records.uri", "records.value"}) || it.has({"uri", "cid", "value"}) ||
         it.has({"feed.reason"}) || (it.has({"thread.$type"}));
}

bool is_repository(const Beginning& it) {
  const auto head = it.text().substr(0, 128);
  return head.find("eroots") != std::string_view::npos && head.find("gversion\x01") != std::string_view::npos;
}

}  // namespace

const SavedFormat kBluesky = {"bluesky", "posts as Bluesky's API gives them", is_page, read_page};
const SavedFormat kBlueskyRepository = {"bluesky-repository", "a Bluesky repository (CAR)", is_repository,
                                        read_repository_file};

}  // namespace muniment::sources
