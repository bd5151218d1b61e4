// Google+ in Takeout, as JSON: one file a post, with its comments inside.
//
// {"url", "creationTime": "2018-10-09 13:10:11+0000", "author": {…}, "content": HTML, "comments": […],
//  "resourceName": "users/1/posts/abc", "postAcl": who may see it}
// Names are those of the other form (googleplus_names.hpp); resource names are local ones.
#include <utility>

#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/googleplus_names.hpp"
#include "sources/html_text.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;

records::Account author_of(Json in) {
  records::Account out;
  out.id = in.field("resourceName").text();
  out.name = in.field("displayName").text();
  out.url = in.field("profilePageUrl").text();
  if (out.id.empty()) out.id = googleplus_account_id(out.url);
  if (out.url.empty()) out.url = googleplus_account_page(out.id);
  return out;
}

void common(Json in, records::Interaction& out) {
  out.platform = "googleplus";
  out.author = author_of(in.field("author"));
  out.posted = claimed_time(in.field("creationTime").text());
  if (auto changed = claimed_time(in.field("updateTime").text()); changed > out.posted)
    out.edited = std::move(changed);
  out.text = text_of_html(in.field("content").text(), &out.links);
}

void media(Json in, records::Interaction& out) {
  const auto url = in.field("url").text();
  if (url.empty() || out.media.size() >= kMostListed) return;
  out.media.push_back({std::string(url), std::string(in.field("contentType").text()),
                       std::string(in.field("description").text())});
}

// Who may see a post: everybody, a community, or circles of people.
std::string_view audience(Json acl) {
  if (!acl.is_object()) return {};
  if (acl.field("isPublic").is_true()) return "public";
  for (JsonList one(acl.field("visibleToStandardAcl").field("circles")); one; one.next())
    if (one.value().field("type").text() == "CIRCLE_TYPE_PUBLIC") return "public";
  if (acl.field("communityAcl").is_object()) return "community";
  if (acl.field("collectionAcl").is_object()) return "collection";
  if (acl.field("eventAcl").is_object()) return "event";
  return "circles";
}

Status read_post(std::string_view record, const SavedContext&, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  Item item;
  auto& post = item.interaction;
  common(root, post);
  post.type = "post";
  post.url = root.field("url").text();
  post.id = googleplus_post_id(post.url);
  post.local = root.field("resourceName").text();
  if (post.id.empty()) post.id = std::exchange(post.local, {});
  if (post.id.empty()) post.id = post.url;
  if (post.id.empty()) return Error{Code::kInvalid, "nothing identifies a post of Google+"};
  const auto link = root.field("link");
  if (const auto url = link.field("url").text(); !url.empty()) post.links.emplace_back(url);
  post.summary = link.field("title").text();
  media(root.field("media"), post);
  for (JsonList one(root.field("album").field("media")); one; one.next()) media(one.value(), post);
  const auto original = root.field("resharedPost");
  post.quote_of = googleplus_post_id(original.field("url").text());
  if (post.quote_of.empty()) post.quote_of = original.field("resourceName").text();
  const auto seen_by = audience(root.field("postAcl"));
  post.visibility = seen_by;
  // Communities and collections may be open to everybody; where the file does not say so, they are not taken
  // for open.
  const std::string_view why = seen_by == "public" ? ""
                               : seen_by.empty()   ? "who may see it is not said"
                                                   : "shared with chosen people only";
  item.why_private = why;
  if (const auto likes = root.field("plusOnes"); likes.is_list())
    post.counts.emplace_back("likes", likes.size());
  const auto place = page->slice_around(root);
  item.offset = place.offset;
  item.length = place.length;
  const auto id = post.id;
  out.items.push_back(std::move(item));
  for (JsonList one(root.field("comments")); one; one.next()) {
    auto answer = item_at(page->slice(one.value()));
    answer.why_private = why;
    auto& it = answer.interaction;
    common(one.value(), it);
    it.type = "comment";
    it.local = one.value().field("resourceName").text();
    it.thread = it.reply_to = id;
    it.url = one.value().field("postUrl").text();
    it.visibility = seen_by;
    if (it.local.empty() && it.text.empty()) {
      out.remarks.push_back("a comment without a name was left out");
      continue;
    }
    answer.has_made_name = true;
    it.id = googleplus_comment_id(it);
    out.items.push_back(std::move(answer));
  }
  return {};
}

bool is_post(const Beginning& it) {
  return it.has({"url", "creationTime", "author.displayName"}) &&
         (it.has({"postAcl"}) || it.has({"resourceName"}) || it.has({"activityId"}));
}

}  // namespace

const SavedFormat kGooglePlus = {"googleplus", "posts of Google+ in Takeout (JSON)", is_post, read_post};

}  // namespace muniment::sources
