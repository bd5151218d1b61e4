// Threads in "download your information" of Instagram, in JSON.
//
//   {"text_post_app_text_posts": [{"media": [{"uri", "creation_timestamp", "title",
//     "text_app_post": {"is_reply": true}}], "title", "creation_timestamp"}]}
// The words stand with the picture where there is one only, with the post where there are several.  What a
// reply answers is not said.  Nothing has a name, so names are made (made_name.hpp); texts are repaired
// (meta_text.hpp).
#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/export_owner.hpp"
#include "sources/json_items.hpp"
#include "sources/meta_text.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr std::string_view kPosts = "text_post_app_text_posts";
constexpr std::string_view kProfile = "text_post_app_text_post_app_profile";

// An account of Threads is one of Instagram, under the same name there.
records::Account owner_of(const SavedContext& context) {
  auto owner = owner_in(context, "threads");
  if (!owner.handle.empty()) return owner;
  owner = owner_in(context, "instagram");
  owner.url = owner.handle.empty() ? "" : "https://www.threads.net/@" + owner.handle;
  owner.id = owner.url;
  return owner;
}

Status read_post(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  Item item;
  item.length = record.size();
  auto& post = item.interaction;
  post.platform = "threads";
  post.type = "post";
  post.author = owner_of(context);
  post.text = meta_text(root.field("title").text());
  post.posted = claimed_seconds(root.field("creation_timestamp").decimal());
  for (JsonList one(root.field("media")); one; one.next()) {
    const auto media = one.value();
    if (post.posted.empty()) post.posted = claimed_seconds(media.field("creation_timestamp").decimal());
    if (post.text.empty()) post.text = meta_text(media.field("title").text());
    if (media.field("text_app_post").field("is_reply").is_true()) post.type = "comment";
    const auto uri = media.field("uri").text();
    if (!uri.empty() && post.media.size() < kMostListed) post.media.push_back({std::string(uri), "", ""});
  }
  if (post.text.empty() && post.media.empty()) return ++out.others, Status();
  item.has_made_name = true;
  post.id = records::made_name("post", post.posted,
                               {post.author.name, post.text, post.media.empty() ? "" : post.media[0].url});
  out.items.push_back(std::move(item));
  return {};
}

bool is_posts(const Beginning& it) {
  return it.has({kPosts});
}

// personal_information.json in the folder of Threads.
void learn(const Beginning& it, std::string_view bytes, SavedContext& context) {
  if (!it.has({kProfile})) return;
  auto page = JsonPage::parse(bytes);
  if (!page) return;
  const auto map = JsonList(page->root().field(kProfile)).value().field("string_map_data");
  records::Account owner;
  owner.handle = map.field("Username").field("value").text();
  owner.name = meta_text(map.field("Name").field("value").text());
  if (owner.handle.empty()) return;
  if (owner.name.empty()) owner.name = owner.handle;
  owner.id = owner.url = "https://www.threads.net/@" + owner.handle;
  context.owners.emplace("threads", std::move(owner));
}

}  // namespace

const SavedFormat kThreadsExport = {.name = "threads-export",
                                    .help = "posts of Threads in Instagram's export",
                                    .is = is_posts,
                                    .read = read_post,
                                    .cut = Cut::kJson,
                                    .list = kPosts,
                                    .learn = learn,
                                    .owner_marks = "\"text_post_app_text_post_app_profile\"",
                                    .asks_owner = true};

}  // namespace muniment::sources
