#include "sources/mastodon_status.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "sources/claims.hpp"
#include "sources/html_text.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;  // mentions, tags, attachments, options of one status

struct Place {
  std::string_view name;
  Json MastodonStatus::*member;
};
constexpr Place kPlaces[] = {{"account", &MastodonStatus::account},
                             {"content", &MastodonStatus::content},
                             {"created_at", &MastodonStatus::created_at},
                             {"edited_at", &MastodonStatus::edited_at},
                             {"favourites_count", &MastodonStatus::favourites_count},
                             {"id", &MastodonStatus::id},
                             {"in_reply_to_id", &MastodonStatus::in_reply_to_id},
                             {"language", &MastodonStatus::language},
                             {"media_attachments", &MastodonStatus::media_attachments},
                             {"mentions", &MastodonStatus::mentions},
                             {"poll", &MastodonStatus::poll},
                             {"quote", &MastodonStatus::quote},
                             {"quote_id", &MastodonStatus::quote_id},
                             {"quotes_count", &MastodonStatus::quotes_count},
                             {"reblog", &MastodonStatus::reblog},
                             {"reblogs_count", &MastodonStatus::reblogs_count},
                             {"replies_count", &MastodonStatus::replies_count},
                             {"spoiler_text", &MastodonStatus::spoiler_text},
                             {"tags", &MastodonStatus::tags},
                             {"uri", &MastodonStatus::uri},
                             {"url", &MastodonStatus::url},
                             {"visibility", &MastodonStatus::visibility}};

// A name's place by two of its letters: at most one candidate is compared.  The factors
// were found by trying; the assertion below holds them to it.
constexpr std::size_t kSlotCount = 64;
constexpr std::size_t slot(std::string_view name) {
  return (static_cast<unsigned char>(name[name.size() / 3]) * 1U +
          static_cast<unsigned char>(name.back()) * 3U) %
         kSlotCount;
}
constexpr std::array<const Place*, kSlotCount> slots() {
  std::array<const Place*, kSlotCount> table{};
  for (const auto& place : kPlaces) table[slot(place.name)] = &place;
  return table;
}
constexpr auto kSlots = slots();
constexpr bool every_place_has_its_slot() {
  for (const auto& place : kPlaces)
    if (kSlots[slot(place.name)] != &place) return false;
  return true;
}
static_assert(every_place_has_its_slot());

class Reader {
 public:
  Reader(std::string_view server, records::Interaction& out) : server_(server), out_(out) {}

  void read(const MastodonStatus& status) {
    out_.platform = "mastodon";
    out_.local = local_name(status.id);
    out_.url = status.url.is_text() ? status.url.text() : web_address(status.uri.text());
    account(status.account, out_.author);
    out_.posted = claimed_time(status.created_at.text());
    out_.edited = claimed_time(status.edited_at.text());
    out_.summary = status.spoiler_text.text();
    out_.lang = status.language.text();
    out_.visibility = status.visibility.text();
    relations(status);
    // What a boost says is what it repeats.
    const bool repeats = status.content.text().empty() && status.reblog.is_object();
    content(repeats ? mastodon_status(status.reblog) : status);
    counts(status);
  }

  std::string local_name(Json id) const {
    if (!id.is_text()) return server_.empty() || id.name().empty() ? std::string() : join(id.name());
    return server_.empty() || id.text().empty() ? std::string() : join(id.text());
  }

 private:
  std::string join(std::string_view number) const {
    std::string out;
    out.reserve(server_.size() + 1 + number.size());
    return out.append(server_).append("/").append(number);
  }

  void relations(const MastodonStatus& status) {
    out_.type = "post";
    if (status.in_reply_to_id) {
      out_.type = "reply";
      out_.reply_to = local_name(status.in_reply_to_id);
    }
    if (status.reblog.is_object()) {
      out_.type = "repost";
      const auto original = mastodon_status(status.reblog);
      out_.repost_of = mastodon_id(original, server_);
      account(original.account, out_.repost_author);
    }
    if (status.quote.is_object()) {
      // Mastodon wraps what is quoted together with the state of the quotation; others do not.
      const auto wrapped = status.quote.field("quoted_status");
      const auto quoted = status.quote.field("account").is_object() ? status.quote : wrapped;
      out_.quote_of = quoted.is_object() ? mastodon_id(mastodon_status(quoted), server_)
                                         : local_name(status.quote.field("quoted_status_id"));
    } else if (status.quote_id) {
      out_.quote_of = local_name(status.quote_id);
    }
  }

  void content(const MastodonStatus& status) {
    std::vector<std::string> targets;
    targets.reserve(8);
    out_.text = text_of_html(status.content.text(), &targets);
    poll(status.poll);
    std::vector<std::string_view> people;
    people.reserve(std::min(status.mentions.size(), kMostListed));
    for (JsonList one(status.mentions); one && people.size() < kMostListed; one.next()) {
      people.push_back(one.value().field("url").text());
      if (auto name = handle(one.value().field("acct").text(), people.back()); !name.empty())
        out_.mentions.push_back(std::move(name));
    }
    for (JsonList one(status.tags); one && out_.tags.size() < kMostListed; one.next())
      if (const auto name = one.value().field("name").text(); !name.empty()) out_.tags.emplace_back(name);
    for (auto& target : targets)
      if (std::ranges::find(people, target) == people.end() && (out_.tags.empty() || !is_tag_link(target)))
        out_.links.push_back(std::move(target));
    for (JsonList one(status.media_attachments); one && out_.media.size() < kMostListed; one.next())
      attachment(one.value());
  }

  static bool is_tag_link(std::string_view target) {
    const auto last = target.rfind('/');
    if (last == std::string_view::npos) return false;
    const auto path = target.substr(0, last);
    return path.ends_with("/tags") || path.ends_with("/tag");
  }

  // The address at the author's own server comes first: it is the same wherever the status is read.
  void attachment(Json media) {
    records::Media found;
    for (const auto name : {"remote_url", "url", "preview_url"}) {
      found.url = media.field(name).text();
      if (!found.url.empty()) break;
    }
    found.type = media.field("type").text();
    found.alt = media.field("description").text();
    if (!found.url.empty() || !found.type.empty()) out_.media.push_back(std::move(found));
  }

  void poll(Json poll) {
    auto most = kMostListed;
    for (JsonList option(poll.field("options")); option && most-- != 0; option.next()) {
      if (!out_.text.empty()) out_.text.push_back('\n');
      out_.text.append("- ").append(option.value().field("title").text());
    }
  }

  void counts(const MastodonStatus& status) {
    out_.counts.reserve(4);
    if (status.replies_count) out_.counts.emplace_back("replies", status.replies_count.number());
    if (status.reblogs_count) out_.counts.emplace_back("reposts", status.reblogs_count.number());
    if (status.favourites_count) out_.counts.emplace_back("likes", status.favourites_count.number());
    if (status.quotes_count) out_.counts.emplace_back("quotes", status.quotes_count.number());
    if (const auto votes = status.poll.field("votes_count"))
      out_.counts.emplace_back("votes", votes.number());
  }

  void account(Json object, records::Account& author) {
    Json acct, display_name, id, uri, url, username;
    for (JsonFields fields(object); fields; fields.next()) {
      const auto key = fields.key();
      if (key == "acct") acct = fields.value();
      if (key == "display_name") display_name = fields.value();
      if (key == "id") id = fields.value();
      if (key == "uri") uri = fields.value();
      if (key == "url") url = fields.value();
      if (key == "username") username = fields.value();
    }
    author.url = url.text();
    author.id = uri.text().empty() ? url.text() : uri.text();
    if (author.id.empty()) author.id = local_name(id);
    author.handle = handle(acct.text().empty() ? username.text() : acct.text(), url.text());
    author.name = display_name.text().empty() ? username.text() : display_name.text();
  }

  // Servers leave out the host of their own accounts; with it a handle is the same everywhere.
  std::string handle(std::string_view acct, std::string_view url) const {
    std::string out(acct);
    if (out.empty() || acct.find('@') != std::string_view::npos) return out;
    auto host = server_of(url);
    if (host.empty()) host = server_;
    return host.empty() ? out : out + "@" + host;
  }

  static std::string_view web_address(std::string_view uri) {
    return uri.starts_with("https://") || uri.starts_with("http://") ? uri : std::string_view();
  }

  std::string_view server_;
  records::Interaction& out_;
};

}  // namespace

MastodonStatus mastodon_status(Json object) {
  MastodonStatus status;
  for (JsonFields fields(object); fields; fields.next()) {
    const auto key = fields.key();
    if (key.empty()) continue;
    const auto* place = kSlots[slot(key)];
    if (place != nullptr && place->name == key) status.*(place->member) = fields.value();
  }
  return status;
}

bool is_mastodon_status(const MastodonStatus& status) {
  return status.account.is_object() && (status.content.is_text() || status.reblog.is_object()) &&
         (status.id || status.uri);
}

// uri is the name that every server knows a status by.  Without it (very old servers) its web address
// must do, and then what this server calls it.
std::string mastodon_id(const MastodonStatus& status, std::string_view server) {
  for (const auto& name : {status.uri, status.url})
    if (!name.text().empty()) return std::string(name.text());
  records::Interaction none;
  return Reader(server, none).local_name(status.id);
}

void read_mastodon_version(Json version, Json first, std::string_view id, std::string_view server,
                           records::Interaction& out) {
  const auto at = claimed_time(version.field("created_at").text());
  Reader(server, out).read(mastodon_status(version));
  out.id = std::string(id) + "#" + at;
  out.edit_of = id;
  out.type = "version";
  out.posted = claimed_time(first.field("created_at").text());
  out.edited = at == out.posted ? "" : at;
}

void read_mastodon_status(const MastodonStatus& status, std::string_view server, records::Interaction& out) {
  Reader(server, out).read(status);
}

}  // namespace muniment::sources
