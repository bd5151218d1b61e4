#include "sources/bluesky_post.hpp"

#include <algorithm>

#include "sources/claims.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;
constexpr std::string_view kPost = "app.bsky.feed.post";

void add_once(std::vector<std::string>& list, std::string_view value) {
  if (!value.empty() && list.size() < kMostListed && std::ranges::find(list, value) == list.end())
    list.emplace_back(value);
}

// What a facet marks: its offsets count bytes of UTF-8.  Empty when they are not within the text, or cut a
// character in two.
std::string_view marked(std::string_view text, Json index) {
  const auto begin = index.field("byteStart").number();
  const auto end = index.field("byteEnd").number();
  const auto is_boundary = [&](std::uint64_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
  };
  if (!index.is_object() || begin >= end || end > text.size() || !is_boundary(begin) || !is_boundary(end))
    return {};
  return text.substr(begin, end - begin);
}

class Record {
 public:
  Record(Json record, std::string_view author, records::Interaction& out)
      : in_(record), author_(author), out_(out) {}

  void read() {
    out_.type = "post";
    out_.posted = claimed_time(in_.field("createdAt").text());
    out_.text = in_.field("text").text();
    for (JsonList lang(in_.field("langs")); lang; lang.next())
      if (out_.lang.size() < 200 && lang.value().is_text())
        out_.lang.append(out_.lang.empty() ? "" : ",").append(lang.value().text());
    if (const auto reply = in_.field("reply"); reply.is_object()) {
      out_.type = "reply";
      out_.reply_to = reply.field("parent").field("uri").text();
      out_.thread = reply.field("root").field("uri").text();
    }
    for (JsonList facet(in_.field("facets")); facet; facet.next()) read_facet(facet.value());
    for (JsonList tag(in_.field("tags")); tag; tag.next()) add_once(out_.tags, tag.value().text());
    embed(in_.field("embed"));
  }

 private:
  void read_facet(Json facet) {
    const auto words = marked(in_.field("text").text(), facet.field("index"));
    for (JsonList one(facet.field("features")); one; one.next()) {
      const auto feature = one.value();
      const auto type = feature.field("$type").text();
      if (type.ends_with("#mention"))
        add_once(out_.mentions, words.starts_with('@') ? words.substr(1) : feature.field("did").text());
      if (type.ends_with("#tag")) add_once(out_.tags, feature.field("tag").text());
      if (type.ends_with("#link")) add_once(out_.links, feature.field("uri").text());
    }
  }

  void embed(Json embed) {
    const auto type = embed.field("$type").text();
    for (JsonList image(embed.field("images")); image; image.next())
      media(image.value().field("image"), "image", image.value().field("alt").text());
    if (type.ends_with(".video")) media(embed.field("video"), "video", embed.field("alt").text());
    add_once(out_.links, embed.field("external").field("uri").text());
    if (type.ends_with(".recordWithMedia")) {
      quote(embed.field("record").field("record"));
      Record(in_, author_, out_).embed(embed.field("media"));
    } else if (type.ends_with(".record")) {
      quote(embed.field("record"));
    }
  }

  // Lists, feeds and starter packs are embedded the same way: they are links, not quotations.
  void quote(Json record) {
    const auto uri = record.field("uri").text();
    if (at_uri(uri).collection == kPost)
      out_.quote_of = uri;
    else
      add_once(out_.links, uri);
  }

  void media(Json blob, std::string_view kind, std::string_view alt) {
    if (!blob.is_object() || out_.media.size() == kMostListed) return;
    // Posts of the first months name a blob by {cid, mimeType}.
    auto cid = blob.field("ref").field("$link").text();
    if (cid.empty()) cid = blob.field("cid").text();
    records::Media found;
    if (!cid.empty() && !author_.empty())
      found.url.append("at://").append(author_).append("/blob/").append(cid);
    found.type = blob.field("mimeType").text().empty() ? kind : blob.field("mimeType").text();
    found.alt = alt;
    out_.media.push_back(std::move(found));
  }

  Json in_;
  std::string_view author_;
  records::Interaction& out_;
};

void count(Json view, std::string_view field, std::string_view name, records::Interaction& out) {
  if (const auto value = view.field(field)) out.counts.emplace_back(name, value.number());
}

}  // namespace

AtUri at_uri(std::string_view uri) {
  if (!uri.starts_with("at://did:")) return {};
  uri.remove_prefix(5);
  const auto slash = uri.find('/');
  const auto second = slash == std::string_view::npos ? slash : uri.find('/', slash + 1);
  if (second == std::string_view::npos) return {};
  const auto plain = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](unsigned char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
             c == '-' || c == '_' || c == ':' || c == '~' || c == '%';
    });
  };
  const AtUri parts{uri.substr(0, slash), uri.substr(slash + 1, second - slash - 1), uri.substr(second + 1)};
  return plain(parts.authority) && plain(parts.collection) && plain(parts.key) ? parts : AtUri{};
}

bool is_bluesky_post_uri(std::string_view uri) {
  return at_uri(uri).collection == kPost;
}

void read_bluesky_record(Json record, std::string_view uri, std::string_view cid, records::Interaction& out) {
  const auto name = at_uri(uri);
  out.platform = "bluesky";
  out.id = uri;
  out.revision = cid;
  out.visibility = "public";
  if (out.author.id.empty()) out.author.id = name.authority;
  if (!name.key.empty())
    out.url = "https://bsky.app/profile/" + std::string(name.authority) + "/post/" + std::string(name.key);
  Record(record, name.authority, out).read();
}

records::Account bluesky_account(Json profile) {
  records::Account out;
  out.id = profile.field("did").text();
  out.handle = profile.field("handle").text();
  out.name = profile.field("displayName").text();
  if (!out.id.empty()) out.url = "https://bsky.app/profile/" + out.id;
  return out;
}

bool is_bluesky_view(Json view) {
  return is_bluesky_post_uri(view.field("uri").text()) && view.field("record").is_object();
}

void read_bluesky_view(Json view, records::Interaction& out) {
  const auto author = view.field("author");
  out.author = bluesky_account(author);
  read_bluesky_record(view.field("record"), view.field("uri").text(), view.field("cid").text(), out);
  for (JsonList label(author.field("labels")); label; label.next())
    if (label.value().field("val").text() == "!no-unauthenticated") out.visibility = "!no-unauthenticated";
  count(view, "replyCount", "replies", out);
  count(view, "repostCount", "reposts", out);
  count(view, "likeCount", "likes", out);
  count(view, "quoteCount", "quotes", out);
}

}  // namespace muniment::sources
