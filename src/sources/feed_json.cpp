#include "sources/feed_json.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "records/made_name.hpp"
#include "sources/claims.hpp"
#include "sources/feed_address.hpp"
#include "sources/feed_entry.hpp"
#include "sources/feed_page.hpp"
#include "sources/feed_scope.hpp"
#include "sources/html_pictures.hpp"
#include "sources/html_text.hpp"
#include "sources/json_items.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kLongestId = 4096;
constexpr std::string_view kVersions = "//jsonfeed.org/version/";

bool names_itself(std::string_view id) {
  return id.find("://") != std::string_view::npos || id.starts_with("tag:") || id.starts_with("urn:");
}

class Feed {
 public:
  Feed(JsonPage& page, std::string_view origin, std::string_view address)
      : page_(page), address_(address.empty() ? origin : address), scope_(origin) {
    for (const auto name : {"feed_url", "home_page_url"})
      if (scope_.empty()) scope_ = page.root().field(name).text();
    scope_ = scope_.substr(0, scope_.find('#'));
  }

  Reading read() {
    Reading reading;
    note_mended(page_, reading);
    const auto root = page_.root();
    for (JsonList one(root.field("items")); one; one.next()) {
      if (!one.value().is_object()) {
        ++reading.others;
        continue;
      }
      if (reading.items.size() == kFeedEntries) {
        reading.remarks.push_back("the page has more than 50,000 entries; the first ones were read");
        break;
      }
      auto& item = reading.items.emplace_back(item_at(page_.slice(one.value())));
      entry(one.value(), item.interaction);
      item.second_name = name_beside(item.interaction);
      item.own_scope = scope_beside(item.interaction, scope_);
    }
    if (auto older = resolved(root.field("next_url")); is_web_address(older)) {
      auto& next = reading.next.emplace_back();
      next.url = std::move(older);
      next.optional = true;
    }
    return reading;
  }

 private:
  std::string resolved(Json field) const {
    return field.text().empty() ? std::string() : resolve_address(address_, field.text());
  }

  void entry(Json in, records::Interaction& out) const {
    out.platform = "feed";
    out.type = "post";
    out.url = resolved(in.field("url"));
    const auto html = in.field("content_html");
    const auto marked_up = text_of_html(html.text(), &out.links);
    out.text = html.is_text() ? marked_up : std::string(in.field("content_text").text());
    if (out.text.empty()) out.text = in.field("summary").text();
    out.summary = in.field("title").text();
    out.posted = claimed_time(in.field("date_published").text());
    if (auto changed = claimed_time(in.field("date_modified").text()); changed > out.posted)
      out.edited = std::move(changed);
    if (out.posted.empty()) out.posted = std::exchange(out.edited, {});
    out.lang = in.field("language").text();
    if (out.lang.empty()) out.lang = page_.root().field("language").text();
    author(in, out.author);
    if (out.author.name.empty()) author(page_.root(), out.author);
    for (JsonList tag(in.field("tags")); tag && out.tags.size() < kFeedLinks; tag.next())
      if (!tag.value().text().empty()) out.tags.emplace_back(tag.value().text());
    if (auto elsewhere = resolved(in.field("external_url"));
        !elsewhere.empty() && std::ranges::find(out.links, elsewhere) == out.links.end())
      out.links.push_back(std::move(elsewhere));
    if (auto image = resolved(in.field("image")); !image.empty())
      out.media.push_back({std::move(image), "image", ""});
    for (JsonList one(in.field("attachments")); one && out.media.size() < kFeedMedia; one.next())
      if (auto url = resolved(one.value().field("url")); !url.empty())
        out.media.push_back({std::move(url), std::string(one.value().field("mime_type").text()),
                             std::string(one.value().field("title").text())});
    add_pictures(html.text(), out.url.empty() ? address_ : out.url, out.media);
    name(in, out);
  }

  void name(Json in, records::Interaction& out) const {
    const auto id = in.field("id").name();
    if (!id.empty() && id.size() <= kLongestId) {
      out.id = names_itself(id) ? id : scope_ + "#" + id;
    } else if (!out.url.empty() && out.url.size() <= kLongestId) {
      out.id = out.url;
    } else {
      const auto whole = out.summary + '\0' + out.posted + '\0' + out.text;
      out.id = scope_ + "#" + records::made_feed_name(whole);
    }
  }

  void author(Json in, records::Account& out) const {
    const auto take = [&](Json person) {
      if (const auto called = person.field("name").text(); !called.empty())
        out.name.append(out.name.empty() ? "" : ", ").append(called);
      if (out.url.empty()) out.url = resolved(person.field("url"));
    };
    if (const auto people = in.field("authors"); people.is_list())
      for (JsonList one(people); one && out.name.size() < 1'000; one.next()) take(one.value());
    else
      take(in.field("author"));
  }

  JsonPage& page_;
  std::string address_;
  std::string scope_;
};

}  // namespace

bool looks_like_json(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '{';
}

Result<Reading> read_json_feed(std::string_view bytes, std::string_view origin, std::string_view address) {
  auto page = JsonPage::parse(bytes);
  if (!page) return std::move(page).error();
  if (page->root().field("version").text().find(kVersions) == std::string_view::npos)
    return Error{Code::kInvalid, "the page is JSON, but not a JSON Feed", "check the address"};
  return Feed(*page, origin, address).read();
}

}  // namespace muniment::sources
