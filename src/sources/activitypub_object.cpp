#include "sources/activitypub_object.hpp"

#include <algorithm>
#include <array>

#include "sources/claims.hpp"
#include "sources/html_text.hpp"
#include "sources/json_each.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr std::array<std::string_view, 10> kPosts = {"Note",  "Article", "Page",  "Question", "Video",
                                                     "Event", "Audio",   "Image", "Document", "ChatMessage"};

// The address a person may open: a text; an object with href; of several the one that is a page.
std::string_view address(Json value) {
  std::string_view found;
  for (JsonEach one(value); one; one.next()) {
    const auto href = one.value().is_text() ? one.value().text() : one.value().field("href").text();
    const bool is_page = one.value().field("mediaType").text() == "text/html";
    if (found.empty() || is_page) found = href;
    if (is_page) break;
  }
  return found;
}

bool is_everybody(std::string_view name) {
  return name == "https://www.w3.org/ns/activitystreams#Public" || name == "as:Public" || name == "Public";
}

// "@jo@town.example" of an account's address; empty when it cannot be told.
std::string handle_from(std::string_view uri) {
  const auto path = path_of(uri);
  for (const std::string_view before : {"/users/", "/@", "/u/"}) {
    if (!path.starts_with(before)) continue;
    const auto name = path.substr(before.size());
    const bool is_number = name.find_first_not_of("0123456789") == std::string_view::npos;
    if (name.empty() || name.find('/') != std::string_view::npos || is_number) return {};
    if (name.find('@') != std::string_view::npos) return std::string(name);
    return std::string(name) + "@" + server_of(uri);
  }
  return {};
}

// Whom an object, or the activity that it came in, is for.
struct Addressees {
  const char* everybody = nullptr;  // how: "public", "unlisted"
  bool are_told = false;            // there is a field that says so
  bool are_some = false;
  bool are_followers = false;

  void add(std::string_view field, Json value) {
    constexpr std::array<std::string_view, 5> kFields = {"to", "cc", "bto", "bcc", "audience"};
    if (std::ranges::find(kFields, field) == kFields.end()) return;
    are_told = true;
    for (JsonEach one(value); one; one.next()) {
      const auto who = activitypub_id(one.value());
      if (is_everybody(who) && field == "to") everybody = "public";
      if (is_everybody(who) && everybody == nullptr) everybody = "unlisted";
      are_some = are_some || !who.empty();
      are_followers = are_followers || who.ends_with("/followers") || who.ends_with("/following");
    }
  }
};

class Reader {
 public:
  Reader(Json object, Json activity, Item& item)
      : in_(object), activity_(activity), item_(item), out_(item.interaction) {}

  void read(const SavedContext& context) {
    out_.platform = "activitypub";
    out_.id = activitypub_id(in_);
    out_.url = address(in_.field("url"));
    if (out_.url.empty() && server_of(out_.id) != "") out_.url = out_.id;
    if (out_.id.empty()) out_.id = out_.url;
    author(context);
    times();
    out_.visibility = activitypub_visibility(in_, activity_);
    item_.why_private = activitypub_privacy(out_.visibility);
    relations();
    words();
    tags();
    attachments(in_.field("attachment"));
    attachments(in_.field("image"));
    counts();
  }

 private:
  // Of several the first that is a person.
  void author(const SavedContext& context) {
    auto who = in_.field("attributedTo");
    if (!who) who = in_.field("actor");
    if (!who) who = activity_.field("actor");
    Json chosen;
    for (JsonEach one(who); one; one.next())
      if (!chosen || (activitypub_type(one.value()) == "Person" && activitypub_type(chosen) != "Person"))
        chosen = one.value();
    out_.author = activitypub_account(chosen, context);
  }

  void times() {
    auto posted = in_.field("published").text();
    if (posted.empty()) posted = activity_.field("published").text();
    out_.posted = claimed_time(posted);
    if (auto changed = claimed_time(in_.field("updated").text()); changed > out_.posted)
      out_.edited = std::move(changed);
  }

  void relations() {
    const auto type = activitypub_type(in_);
    out_.type = type == "Article" || type == "Page" ? "page" : "post";
    if (const auto parent = activitypub_id(in_.field("inReplyTo")); !parent.empty()) {
      out_.type = "reply";
      out_.reply_to = parent;
    }
    for (const auto name : {"quote", "quoteUri", "quoteUrl", "_misskey_quote"})
      if (out_.quote_of.empty()) out_.quote_of = activitypub_id(in_.field(name));
  }

  void words() {
    const auto type = in_.field("mediaType").text();
    const bool is_plain = type == "text/plain" || type == "text/markdown";
    auto content = in_.field("content").text();
    const auto by_language = JsonFields(in_.field("contentMap"));
    if (content.empty() && by_language) content = by_language.value().text();
    out_.text = is_plain ? std::string(content) : text_of_html(content, &targets_);
    const auto summary = text_of_html(in_.field("summary").text(), nullptr);
    auto name = in_.field("name").text();
    if (name.empty())
      if (const auto names = JsonFields(in_.field("nameMap"))) name = names.value().text();
    out_.summary = name.empty() ? summary : std::string(name);
    if (!name.empty() && !summary.empty())
      out_.text = out_.text.empty() ? summary : summary + "\n\n" + out_.text;
    if (by_language) out_.lang = by_language.key();
    const auto language = in_.field("language");
    if (out_.lang.empty())
      out_.lang = language.is_text() ? language.text() : language.field("identifier").text();
    if (out_.lang == "und") out_.lang.clear();
    options("oneOf");
    options("anyOf");
  }

  void options(std::string_view field) {
    auto most = kMostListed;
    for (JsonEach one(in_.field(field)); one && most-- != 0; one.next()) {
      if (!out_.text.empty()) out_.text.push_back('\n');
      out_.text.append("- ").append(one.value().field("name").text());
    }
  }

  void tags() {
    std::vector<std::string_view> no_links;
    for (JsonEach one(in_.field("tag")); one; one.next()) {
      const auto type = activitypub_type(one.value());
      auto name = one.value().field("name").text();
      const auto href = address(one.value().field("href"));
      if (type == "Mention") {
        no_links.push_back(href);
        if (auto who = mentioned(name, href); !who.empty() && out_.mentions.size() < kMostListed)
          out_.mentions.push_back(std::move(who));
      } else if (type == "Hashtag") {
        no_links.push_back(href);
        if (name.starts_with("#")) name.remove_prefix(1);
        if (!name.empty() && out_.tags.size() < kMostListed) out_.tags.emplace_back(name);
      }
    }
    for (auto& target : targets_) {
      const bool is_known = std::ranges::find(no_links, std::string_view(target)) != no_links.end() ||
                            (!out_.mentions.empty() && !handle_from(target).empty());
      if (!is_known && !target.empty()) out_.links.push_back(std::move(target));
    }
  }

  static std::string mentioned(std::string_view name, std::string_view href) {
    if (name.starts_with("@")) name.remove_prefix(1);
    if (name.empty()) return handle_from(href);
    if (name.find('@') != std::string_view::npos) return std::string(name);
    const auto host = server_of(href);
    return host.empty() ? std::string(name) : std::string(name) + "@" + host;
  }

  void attachments(Json field) {
    for (JsonEach one(field); one && out_.media.size() < kMostListed; one.next()) {
      const auto value = one.value();
      const auto type = activitypub_type(value);
      if (type == "PropertyValue" || type == "Hashtag") continue;
      auto url = value.is_text() ? value.text() : address(value.field("url"));
      if (url.empty()) url = value.field("href").text();
      if (url.empty()) continue;
      if (type == "Link" && !value.field("mediaType").text().starts_with("image/")) {
        if (std::ranges::find(out_.links, url) == out_.links.end()) out_.links.emplace_back(url);
        continue;
      }
      auto kind = std::string(value.field("mediaType").text());
      if (kind.empty())
        for (const char c : type) kind.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
      out_.media.push_back({std::string(url), std::move(kind), std::string(value.field("name").text())});
    }
  }

  void counts() {
    constexpr std::pair<std::string_view, std::string_view> kCounts[] = {
        {"replies", "replies"}, {"shares", "reposts"}, {"likes", "likes"}};
    for (const auto& [theirs, ours] : kCounts)
      if (const auto total = in_.field(theirs).field("totalItems"))
        out_.counts.emplace_back(ours, total.number());
    if (const auto votes = in_.field("votersCount")) out_.counts.emplace_back("votes", votes.number());
  }

  Json in_;
  Json activity_;
  Item& item_;
  records::Interaction& out_;
  std::vector<std::string> targets_;
};

}  // namespace

std::string_view activitypub_id(Json value) {
  for (JsonEach one(value); one; one.next()) {
    const auto id = one.value().is_text() ? one.value().text() : one.value().field("id").text();
    if (!id.empty()) return id;
  }
  return {};
}

std::string_view activitypub_type(Json object) {
  const auto type = object.field("type");
  return type.is_list() ? JsonList(type) ? JsonList(type).value().text() : std::string_view() : type.text();
}

bool is_activitypub_post(Json object) {
  if (!object.is_object()) return false;
  const auto type = activitypub_type(object);
  return std::ranges::find(kPosts, type) != kPosts.end();
}

std::string_view activitypub_visibility(Json object, Json activity) {
  Addressees all;
  for (const auto& holder : {object, activity}) {
    for (JsonFields field(holder); field; field.next()) all.add(field.key(), field.value());
    if (all.everybody != nullptr) return all.everybody;
    if (all.are_some) break;
  }
  // Who addresses nobody ("to": []) shows it to nobody; who has no such fields at all does not say.
  if (!all.are_told) return {};
  return all.are_followers ? "followers" : "direct";
}

std::string_view activitypub_privacy(std::string_view visibility) {
  if (visibility == "followers") return "a post for followers only";
  if (visibility == "direct") return "a direct message";
  return {};
}

void read_activitypub_post(Json object, Json activity, const SavedContext& context, Item& out) {
  Reader(object, activity, out).read(context);
}

records::Account activitypub_account(Json value, const SavedContext& context) {
  records::Account account;
  for (JsonEach one(value); one; one.next()) {
    value = one.value();
    break;
  }
  account.id = activitypub_id(value);
  const auto owner = context.owners.find("activitypub");
  if (owner != context.owners.end() && owner->second.id == account.id) return owner->second;
  account.url = value.is_text() ? std::string(value.text()) : std::string(address(value.field("url")));
  if (account.url.empty()) account.url = account.id;
  if (account.id.empty()) account.id = account.url;
  account.name = value.field("name").text();
  const auto host = server_of(account.id);
  if (const auto name = value.field("preferredUsername").text();
      !name.empty() && name.find('@') == std::string_view::npos && !host.empty())
    account.handle = std::string(name) + "@" + host;
  for (const auto* address : {&account.id, &account.url})
    if (account.handle.empty()) account.handle = handle_from(*address);
  // No server names the accounts of another.
  if (!host.empty() && !account.handle.ends_with("@" + host)) account.handle.clear();
  return account;
}

}  // namespace muniment::sources
