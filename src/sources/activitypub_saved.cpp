// Saved ActivityPub: the outbox.json of a Mastodon archive, any other collection, single activities and
// objects.  Who may see a post is told by its addressees; archives mix public and private ones.
#include "sources/activitypub_object.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/html_text.hpp"
#include "sources/json_each.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kVocabulary = "www.w3.org/ns/activitystreams";

class Record {
 public:
  Record(JsonPage& page, const SavedContext& context, Reading& out)
      : page_(page), context_(context), out_(out) {}

  Status read() {
    auto root = page_.root();
    if (!root.is_object()) return Error{Code::kInvalid, "an element is no object of ActivityPub"};
    if (const auto first = root.field("first"); first.is_object()) root = first;
    bool is_collection = false;
    for (const auto name : {"orderedItems", "items"})
      if (const auto list = root.field(name); list.is_list()) {
        is_collection = true;
        for (JsonList one(list); one; one.next())
          if (auto done = entry(one.value()); !done) out_.remarks.push_back(done.error().what);
      }
    return is_collection ? Status() : entry(root);
  }

 private:
  // What is no post, or cannot be read, may yet be for chosen people: a report to a moderator, say.
  Status entry(Json object) {
    const auto before = out_.items.size();
    auto done = activity(object);
    if (out_.items.size() != before || !object.is_object()) return done;
    if (!activitypub_privacy(activitypub_visibility(object, Json())).empty())
      out_.asides.push_back({page_.slice_around(object), "an activity for chosen people only"});
    return done;
  }

  Status activity(Json object) {
    const auto type = activitypub_type(object);
    if (is_activitypub_post(object)) return post(object, Json(), object);
    if (type.empty()) return Error{Code::kInvalid, "an element is no object of ActivityPub: it has no type"};
    if (type == "Tombstone")
      return gone(activitypub_id(object), activitypub_id(object.field("attributedTo")), object), Status();
    const auto inner = object.field("object");
    if (type == "Announce") return announce(object, JsonEach(inner).value());
    if (!JsonEach(inner)) ++out_.others;
    for (JsonEach one(inner); one; one.next()) {
      // Of several objects none has the activity's bytes to itself.
      auto done = about(type, object, one.value(), inner.is_list() ? one.value() : object);
      if (!done && !inner.is_list()) return done;
      if (!done) out_.remarks.push_back(done.error().what);
    }
    return {};
  }

  // What an activity of that type says of one of its objects.
  Status about(std::string_view type, Json activity, Json inner, Json whole) {
    if ((type == "Create" || type == "Update") && is_activitypub_post(inner))
      return post(inner, activity, whole);
    if (type == "Delete" || (type == "Undo" && activitypub_type(inner) == "Announce")) {
      const auto id = activitypub_id(inner);
      const auto actor = activitypub_id(activity.field("actor"));
      if (actor.empty()) return Error{Code::kInvalid, "a deletion says not by whom, and was not believed"};
      if (auto fault = other_server(actor, id); !fault) return fault;
      gone(id, actor, inner.field("deleted") ? inner : activity);
    } else {
      ++out_.others;
    }
    return {};
  }

  // Only its own server may say what an account made, or took back.
  static Status other_server(std::string_view account, std::string_view id) {
    const auto its = server_of(account);
    const auto at = server_of(id);
    if (its.empty() || at.empty() || its == at) return {};
    return Error{Code::kInvalid, "an account at " + excerpt(its) + " speaks for an object at " + excerpt(at)};
  }

  void gone(std::string_view id, std::string_view by, Json notice) {
    if (id.empty()) return;
    auto since = claimed_time(notice.field("deleted").text());
    if (since.empty()) since = claimed_time(notice.field("published").text());
    out_.verdicts.push_back(
        {std::string(id), Fate::kGone, 0, "Tombstone", "activitypub", std::string(by), since});
  }

  Item cut_out(Json whole) { return whole.is_object() ? item_at(page_.slice(whole)) : Item(); }

  Status post(Json object, Json activity, Json whole) {
    Item item;
    read_activitypub_post(object, activity, context_, item);
    const auto& it = item.interaction;
    if (it.id.empty()) return Error{Code::kInvalid, "nothing identifies an object of ActivityPub"};
    const auto by = activitypub_id(object.field("attributedTo"));
    for (const auto who : {activitypub_id(activity.field("actor")), by})
      if (auto fault = other_server(who, activitypub_id(object)); !fault) return fault;
    const auto place = cut_out(whole);
    item.offset = place.offset;
    item.length = place.length;
    out_.items.push_back(std::move(item));
    return {};
  }

  // A repost says what it repeats, where that came along.
  Status announce(Json activity, Json inner) {
    if (activitypub_type(inner) == "Create" || activitypub_type(inner) == "Update")
      inner = inner.field("object");
    Item item;
    auto& it = item.interaction;
    it.id = activitypub_id(activity);
    it.repost_of = activitypub_id(inner);
    if (is_activitypub_post(inner)) {
      Item repeated;
      read_activitypub_post(inner, Json(), context_, repeated);
      item.why_private = repeated.why_private;
      if (it.repost_of.empty()) it.repost_of = std::move(repeated.interaction.id);
      it.repost_author = std::move(repeated.interaction.author);
      it.text = std::move(repeated.interaction.text);
      it.summary = std::move(repeated.interaction.summary);
      it.lang = std::move(repeated.interaction.lang);
      it.mentions = std::move(repeated.interaction.mentions);
      it.tags = std::move(repeated.interaction.tags);
      it.links = std::move(repeated.interaction.links);
      it.media = std::move(repeated.interaction.media);
    }
    if (it.id.empty() || it.repost_of.empty())
      return Error{Code::kInvalid, "nothing identifies a repost, or what it repeats"};
    const auto place = page_.slice(activity);
    item.offset = place.offset;
    item.length = place.length;
    it.platform = "activitypub";
    it.type = "repost";
    it.author = activitypub_account(activity.field("actor"), context_);
    it.posted = claimed_time(activity.field("published").text());
    it.visibility = activitypub_visibility(activity, Json());
    if (const auto why = activitypub_privacy(it.visibility); !why.empty()) item.why_private = why;
    out_.items.push_back(std::move(item));
    return {};
  }

  JsonPage& page_;
  const SavedContext& context_;
  Reading& out_;
};

Status read_record(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  return Record(*page, context, out).read();
}

bool is_activitypub(const Beginning& it) {
  if (!it.is_json() || !it.variable().empty() || !it.has({"type"})) return false;
  return (it.has({"@context"}) && it.text().find(kVocabulary) != std::string_view::npos) ||
         it.has({"type", "actor", "object"}) || it.has({"type", "attributedTo"}) ||
         it.has({"type", "orderedItems"}) || it.has({"type", "inReplyTo"}) || it.value("type") == "Tombstone";
}

// actor.json of a Mastodon archive.
void learn_owner(const Beginning& it, std::string_view bytes, SavedContext& context) {
  if (!it.has({"type", "preferredUsername", "inbox", "outbox"})) return;
  auto page = JsonPage::parse(bytes);
  if (!page || !page->root().is_object()) return;
  // In an archive "outbox" is the name of the file beside it: other accounts have an address there.
  if (!server_of(page->root().field("outbox").text()).empty()) return;
  auto owner = activitypub_account(page->root(), {});
  if (!owner.id.empty()) context.owners.emplace("activitypub", std::move(owner));
}

}  // namespace

const SavedFormat kActivityPub = {.name = "activitypub",
                                  .help = "the outbox of a Mastodon archive, and other ActivityPub",
                                  .is = is_activitypub,
                                  .read = read_record,
                                  .cut = Cut::kJson,
                                  .list = "orderedItems|items",
                                  .learn = learn_owner,
                                  .owner_marks = "\"preferredUsername\"",
                                  .asks_owner = true};

}  // namespace muniment::sources
