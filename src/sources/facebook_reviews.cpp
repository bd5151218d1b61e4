// Reviews that the owner wrote, in Facebook's "download your information", in JSON, in the shape of its
// comments.
//
//   {"reviews_v2": [{"timestamp", "title", "data": [{"review": {"text", "rating", "name": the page's,
//   "url"}}]}]}
// Names are made (made_name.hpp), texts repaired (meta_text.hpp).
#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/export_owner.hpp"
#include "sources/json_items.hpp"
#include "sources/meta_text.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kPlatform = "facebook";

std::string first_text(Json in, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (const auto text = in.field(name).text(); !text.empty()) return meta_text(text);
  return {};
}

Status read_review(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  const auto review = JsonList(root.field("data")).value().field("review");
  Item item;
  item.length = record.size();
  item.has_made_name = true;
  auto& it = item.interaction;
  it.platform = kPlatform;
  it.type = "review";
  it.author = owner_in(context, kPlatform);
  it.posted = claimed_seconds((review.field("timestamp") ? review : root).field("timestamp").decimal());
  it.text = review.is_text() ? meta_text(review.text()) : first_text(review, {"text", "review", "comment"});
  const auto name = first_text(review, {"name", "place"});
  it.summary = name.empty() ? meta_text(root.field("title").text()) : "reviewed: " + name;
  if (const auto rating = review.field("rating"); rating && rating.number() != 0) {
    it.summary += ", rated " + std::to_string(rating.number());
    it.counts.emplace_back("rating", rating.number());
  }
  if (const auto url = review.field("url").text(); !url.empty()) it.links.emplace_back(url);
  if (it.text.empty() && it.counts.empty()) return ++out.others, Status();
  it.id = records::made_name("review", it.posted, {it.author.name, it.summary, it.text});
  out.items.push_back(std::move(item));
  return {};
}

bool is_reviews(const Beginning& it) {
  return it.has({"reviews_v2"}) || it.has({"reviews.data.review"});
}

}  // namespace

const SavedFormat kFacebookReviews = {.name = "facebook-reviews",
                                      .help = "reviews written, of Facebook's export",
                                      .is = is_reviews,
                                      .read = read_review,
                                      .cut = Cut::kJson,
                                      .list = "reviews_v2|reviews",
                                      .asks_owner = true};

}  // namespace muniment::sources
