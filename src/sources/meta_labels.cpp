// The layout of newer exports of Facebook and Instagram (from about 2024), in JSON: each element says with
// labels what stands in it.
//
//   [{"timestamp", "media": [{"uri", "description"}], "fbid", "label_values": [{"label", "value", "href"},
//     {"title", "dict": [{"label", "value"}]}]}]
// Labels are in the language of the account, and nothing else says what an element is: read is what has a
// label for words of one's own, in English; of the rest a remark names the labels.  What names an owner is
// somebody else's, saved or liked.  Names are made (made_name.hpp), texts repaired (meta_text.hpp).
#include <algorithm>
#include <array>

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
constexpr std::size_t kMostNamed = 12;  // labels, in a remark
constexpr int kMostDepth = 8;

// What a label's words are.
constexpr std::pair<std::string_view, std::string_view> kWords[] = {
    {"Text", "post"},          {"Post", "post"},          {"Caption", "post"},
    {"Comment", "comment"},    {"Reply", "comment"},      {"Review", "review"},
    {"Review text", "review"}, {"Review Text", "review"}, {"Recommendation text", "review"}};
constexpr std::array<std::string_view, 8> kAbout = {"Title", "Name",     "Page",   "Place",
                                                    "Group", "Location", "Rating", "Recommendation"};
// In whichever language "Text" is the same word.
constexpr std::array<std::string_view, 9> kAudience = {"Audience",   "Privacy",  "Sharing",
                                                       "Zielgruppe", "Publikum", "Privatsphäre",
                                                       "Doelgroep",  "Publiek",  "Privacy-instelling"};
constexpr std::array<std::string_view, 4> kEverybody = {"Public", "Öffentlich", "Openbaar", "Iedereen"};
constexpr std::array<std::string_view, 3> kOwner = {"Owner", "Author", "Original author"};

bool is_one_of(std::string_view name, const auto& names) {
  return std::ranges::find(names, name) != names.end();
}

class Element {
 public:
  Element(Json in, const SavedContext& context, Item& item)
      : in_(in), context_(context), item_(item), out_(item.interaction) {}

  // False: nothing in it is known to be words of one's own.
  bool read() {
    out_.posted = claimed_seconds(in_.field("timestamp").decimal());
    labels(in_.field("label_values"), 0);
    for (JsonList one(in_.field("media")); one && out_.media.size() < kMostListed; one.next())
      if (const auto uri = one.value().field("uri").text(); !uri.empty())
        out_.media.push_back({std::string(uri), "", meta_text(one.value().field("description").text())});
    if (is_anothers_ || out_.text.empty()) return false;
    const bool is_instagram = std::ranges::any_of(
        out_.links, [](const auto& link) { return link.find("instagram.com/") != std::string::npos; });
    out_.platform = is_instagram ? "instagram" : "facebook";
    out_.author = owner_in(context_, out_.platform);
    item_.has_made_name = true;
    const auto number = in_.field("fbid").name();
    out_.id =
        records::made_name(out_.type, out_.posted,
                           {out_.author.name, number.empty() ? out_.summary + "\n" + out_.text : number});
    return true;
  }

  const std::vector<std::string>& names() const { return names_; }

 private:
  void labels(Json list, int depth) {
    if (depth > kMostDepth) return;
    for (JsonList one(list); one; one.next()) {
      const auto value = one.value();
      if (is_one_of(value.field("title").text(), kOwner)) is_anothers_ = true;
      labels(value.field("dict"), depth + 1);
      label(value, depth);
    }
  }

  void label(Json in, int depth) {
    const auto name = meta_text(in.field("label").text());
    if (name.empty()) return;
    if (names_.size() < kMostNamed) names_.push_back(excerpt(name));
    auto said = meta_text(in.field("value").text());
    if (const auto time = in.field("timestamp_value").decimal(); time > 0 && out_.posted.empty())
      out_.posted = claimed_seconds(time);
    const auto link = in.field("href").text().empty() && name == "URL" ? said : in.field("href").text();
    if (!link.empty() && out_.links.size() < kMostListed) out_.links.emplace_back(link);
    if (said.empty()) return;
    if (is_one_of(name, kAudience)) {
      out_.visibility = said;
      if (!is_one_of(said, kEverybody)) item_.why_private = "a post for chosen people only";
    }
    if (depth > 1) return;
    if (is_one_of(name, kAbout)) {
      out_.summary += (out_.summary.empty() ? "" : ", ") + name + ": " + said;
    }
    for (const auto& [label, type] : kWords) {
      if (name != label) continue;
      if (!out_.text.empty()) out_.text.push_back('\n');
      out_.text += said;
      if (out_.type.empty() || type == "review") out_.type = type;
    }
  }

  Json in_;
  const SavedContext& context_;
  Item& item_;
  records::Interaction& out_;
  std::vector<std::string> names_;
  bool is_anothers_ = false;
};

Status read_element(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  Item item;
  item.length = record.size();
  Element element(page->root(), context, item);
  if (element.read()) {
    out.items.push_back(std::move(item));
    return {};
  }
  ++out.others;
  if (!item.why_private.empty()) out.asides.push_back({{0, record.size()}, item.why_private});
  std::string names;
  for (const auto& name : element.names()) names += (names.empty() ? "" : ", ") + name;
  auto remark = "no words of one's own are known to stand under these labels: " + names;
  if (!names.empty() && std::ranges::find(out.remarks, remark) == out.remarks.end())
    out.remarks.push_back(std::move(remark));
  return {};
}

bool is_labelled(const Beginning& it) {
  return it.has({"label_values.label"}) || it.has({"label_values.title"});
}

}  // namespace

const SavedFormat kMetaLabels = {
    .name = "meta-labels",
    .help = "posts, comments and reviews of newer exports of Facebook, by labels",
    .is = is_labelled,
    .read = read_element,
    .cut = Cut::kJson,
    .asks_owner = true};

}  // namespace muniment::sources
