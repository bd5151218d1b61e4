// Pages that the owner recommended, in Facebook's "download your information", in JSON.
//
//   {"recommended_pages_v2": [{"name": the page's, "timestamp", "url"}]}
// The words of a recommendation are not in it.  Names are made (made_name.hpp), texts repaired
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

constexpr std::string_view kPlatform = "facebook";

Status read_recommendation(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  const auto name = meta_text(root.field("name").text());
  if (name.empty()) return ++out.others, Status();
  Item item;
  item.length = record.size();
  item.has_made_name = true;
  auto& it = item.interaction;
  it.platform = kPlatform;
  it.type = "review";
  it.author = owner_in(context, kPlatform);
  it.posted = claimed_seconds(root.field("timestamp").decimal());
  it.summary = "recommended: " + name;
  if (const auto url = root.field("url").text(); !url.empty()) it.links.emplace_back(url);
  it.id = records::made_name("review", it.posted, {it.author.name, name});
  out.items.push_back(std::move(item));
  return {};
}

bool is_recommendations(const Beginning& it) {
  return it.has({"recommended_pages_v2"}) ||
         it.has({"recommended_pages.name", "recommended_pages.timestamp"});
}

}  // namespace

const SavedFormat kFacebookRecommendations = {.name = "facebook-recommendations",
                                              .help = "pages recommended, of Facebook's export",
                                              .is = is_recommendations,
                                              .read = read_recommendation,
                                              .cut = Cut::kJson,
                                              .list = "recommended_pages_v2|recommended_pages",
                                              .asks_owner = true};

}  // namespace muniment::sources
