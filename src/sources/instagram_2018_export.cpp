// Instagram's export as it was from 2018 to 2020, in JSON.
//
//   comments.json  {"media_comments": [["2018-05-01T10:00:00", "words", "whose.picture"], …],
//                   "live_comments": …}
//   media.json     {"photos": [{"caption", "taken_at", "location", "path"}], "videos", "stories",
//                   "direct", "profile"}
// `direct` is what was sent to chosen people.  Names are made as those of later exports are
// (meta_export.cpp).
#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/export_owner.hpp"
#include "sources/json_items.hpp"
#include "sources/meta_text.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kPlatform = "instagram";

class Export {
 public:
  Export(JsonPage& page, const SavedContext& context, Reading& out)
      : page_(page), owner_(owner_in(context, kPlatform)), out_(out) {}

  void read() {
    for (JsonFields field(page_.root()); field; field.next()) {
      const auto name = field.key();
      for (JsonList one(field.value()); one; one.next()) {
        if (name == "media_comments" || name == "live_comments")
          comment(one.value());
        else if (name == "photos" || name == "videos" || name == "stories" || name == "direct")
          shown(one.value(), name);
        else
          ++out_.others;
      }
    }
  }

 private:
  Item begin(Json value, std::string_view type) {
    auto item = item_at(page_.slice(value));
    item.has_made_name = true;
    item.interaction.platform = kPlatform;
    item.interaction.type = type;
    item.interaction.author = owner_;
    return item;
  }

  void comment(Json value) {
    JsonList part(value);
    const auto next = [&] {
      const auto text = part ? part.value().text() : std::string_view();
      if (part) part.next();
      return text;
    };
    const auto time = next();
    auto text = meta_text(next());
    const std::string whose(next());
    if (!value.is_list() || text.empty()) return void(++out_.others);
    auto item = begin(value, "comment");
    auto& it = item.interaction;
    it.posted = claimed_time(time);
    it.text = std::move(text);
    if (!whose.empty()) it.mentions.push_back(whose);
    it.id = records::made_name("comment", it.posted, {it.author.name, whose, it.text, "", ""});
    out_.items.push_back(std::move(item));
  }

  void shown(Json value, std::string_view list) {
    const auto path = value.field("path").text();
    if (path.empty()) return void(++out_.others);
    const bool is_direct = list == "direct";
    auto item = begin(value, is_direct ? "message" : "post");
    auto& it = item.interaction;
    it.posted = claimed_time(value.field("taken_at").text());
    it.text = meta_text(value.field("caption").text());
    it.media.push_back({std::string(path), list == "videos" ? "video" : "", ""});
    if (is_direct) {
      it.visibility = "direct";
      item.why_private = "a direct message";
    }
    it.id = records::made_name(it.type, it.posted, {it.author.name, "", it.text, path, ""});
    out_.items.push_back(std::move(item));
  }

  JsonPage& page_;
  records::Account owner_;
  Reading& out_;
};

// A list of lists.
bool is_comments(std::string_view text, std::string_view name) {
  constexpr std::string_view kBlanks = " \t\r\n";
  auto at = text.find("\"" + std::string(name) + "\"");
  if (at == std::string_view::npos) return false;
  at += name.size() + 2;
  for (const char wanted : {':', '[', '['}) {
    at = text.find_first_not_of(kBlanks, at);
    if (at == std::string_view::npos || text[at++] != wanted) return false;
  }
  return true;
}

bool is_export(const Beginning& it) {
  for (const auto* name : {"media_comments", "live_comments"})
    if (it.has({name}) && is_comments(it.text(), name)) return true;
  for (const auto* list : {"photos", "videos", "stories", "direct"})
    if (it.has({std::string(list) + ".taken_at", std::string(list) + ".path"}) &&
        (list == std::string_view("direct") || it.has({std::string(list) + ".caption"})))
      return true;
  return false;
}

// profile.json
void learn(const Beginning& it, std::string_view bytes, SavedContext& context) {
  if (!it.has({"username", "date_joined"})) return;
  auto page = JsonPage::parse(bytes);
  if (!page) return;
  records::Account owner;
  owner.handle = page->root().field("username").text();
  owner.name = meta_text(page->root().field("name").text());
  if (owner.handle.empty()) return;
  if (owner.name.empty()) owner.name = owner.handle;
  owner.id = owner.url = "https://www.instagram.com/" + owner.handle + "/";
  context.owners.emplace(kPlatform, std::move(owner));
}

}  // namespace

const SavedFormat kInstagram2018Export = {.name = "instagram-export-2018",
                                          .help = "comments and pictures of Instagram's export, 2018 to 2020",
                                          .is = is_export,
                                          .read = read_document<Export>,
                                          .learn = learn,
                                          .owner_marks = "\"date_joined\"",
                                          .asks_owner = true};

}  // namespace muniment::sources
