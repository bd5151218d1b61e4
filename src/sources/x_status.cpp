#include "sources/x_status.hpp"

#include <array>
#include <charconv>

#include "base/time.hpp"
#include "sources/claims.hpp"
#include "sources/json_index.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostListed = 1'000;  // mentions, tags, links, media of one post
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// `object`, here and below: a Json or the JsonIndex of one.
Json either(const auto& object, std::string_view one, std::string_view other) {
  const auto found = object.field(one);
  return found ? found : object.field(other);
}

std::string id_of(const auto& object) {
  auto id = object.field("id_str").name();
  return id.empty() ? object.field("id").name() : id;
}

// Of a film the version with the most bits a second.
std::string_view film(Json media) {
  std::string_view best;
  std::uint64_t most = 0;
  for (JsonList one(media.field("video_info").field("variants")); one; one.next()) {
    const auto rate = one.value().field("bitrate").number() + 1;
    if (const auto url = one.value().field("url").text(); !url.empty() && rate > most) {
      most = rate;
      best = url;
    }
  }
  return best;
}

class Reader {
 public:
  Reader(Json status, Item& out) : in_(status), item_(out), out_(out.interaction) {}

  void read(Json user, const records::Account* owner) {
    out_.platform = "x";
    author(user, owner);
    identity();
    out_.posted = x_time(in_.field("created_at").text());
    out_.lang = in_.field("lang").text();
    if (out_.lang == "und") out_.lang.clear();
    relations();
    if (const auto original = in_.field("retweeted_status"); is_x_status(original))
      content(JsonIndex(original));
    else
      content(in_);
    counts();
  }

 private:
  void author(Json user, const records::Account* owner) {
    auto& author = out_.author;
    account(user, author);
    if (author.id.empty() && author.handle.empty() && owner != nullptr) author = *owner;
    if (author.url.empty()) author.url = x_account_url(author.handle);
    if (user.field("protected").is_true()) {
      out_.visibility = "protected";
      item_.why_private = "a post of a protected account";
    } else if (user.field("protected")) {
      out_.visibility = "public";
    }
  }

  static void account(Json user, records::Account& out) {
    out.id = id_of(user);
    out.handle = user.field("screen_name").text();
    out.name = user.field("name").text();
    out.url = x_account_url(out.handle);
  }

  void identity() {
    const auto id = id_of(in_);
    const auto info = in_.field("edit_info");
    const auto edit = info.field("edit");
    auto first = edit.field("initialTweetId").name();
    if (first.empty()) first = JsonList(info.field("initial").field("editTweetIds")).value().name();
    if (first.empty()) first = JsonList(in_.field("edit_history").field("initial_tweet_id")).value().name();
    out_.id = first.empty() ? id : first;
    if (out_.id != id) {
      out_.local = out_.revision = id;
      out_.edited = x_time(in_.field("created_at").text());
    }
    out_.url = x_post_url(out_.author.handle, id);
  }

  void relations() {
    out_.type = "post";
    if (auto id = either(in_, "in_reply_to_status_id_str", "in_reply_to_status_id").name(); !id.empty()) {
      out_.type = "reply";
      out_.reply_to = std::move(id);
    }
    if (const auto original = in_.field("retweeted_status"); original.is_object()) {
      out_.type = "repost";
      out_.repost_of = id_of(original);
      account(original.field("user"), out_.repost_author);
    }
    out_.quote_of = either(in_, "quoted_status_id_str", "quoted_status_id").name();
    if (out_.quote_of.empty()) out_.quote_of = id_of(in_.field("quoted_status"));
    if (out_.type == "repost") out_.quote_of.clear();
  }

  // The whole text may stand elsewhere than the shortened one, with entities of its own.
  void content(const JsonIndex& status) {
    const auto extended = status.field("extended_tweet");
    if (extended.field("full_text").is_text())
      words(JsonIndex(extended));
    else
      words(status);
  }

  void words(const JsonIndex& holder) {
    out_.text = x_text(either(holder, "full_text", "text").text());
    const auto entities = holder.field("entities");
    for (JsonList one(entities.field("user_mentions")); one && out_.mentions.size() < kMostListed; one.next())
      if (const auto name = one.value().field("screen_name").text(); !name.empty())
        out_.mentions.emplace_back(name);
    for (JsonList one(entities.field("hashtags")); one && out_.tags.size() < kMostListed; one.next())
      if (const auto tag = one.value().field("text").text(); !tag.empty()) out_.tags.emplace_back(tag);
    for (JsonList one(entities.field("urls")); one && out_.links.size() < kMostListed; one.next())
      if (const auto link = either(one.value(), "expanded_url", "url").text(); !link.empty())
        out_.links.emplace_back(link);
    auto media = holder.field("extended_entities").field("media");
    if (!media.is_list()) media = entities.field("media");
    for (JsonList one(media); one && out_.media.size() < kMostListed; one.next()) picture(one.value());
  }

  void picture(Json media) {
    records::Media found;
    found.url = film(media);
    if (found.url.empty()) found.url = either(media, "media_url_https", "media_url").text();
    found.type = media.field("type").text();
    found.alt = media.field("ext_alt_text").text();
    if (!found.url.empty()) out_.media.push_back(std::move(found));
  }

  void counts() {
    constexpr std::pair<std::string_view, std::string_view> kCounts[] = {{"reply_count", "replies"},
                                                                         {"retweet_count", "reposts"},
                                                                         {"favorite_count", "likes"},
                                                                         {"quote_count", "quotes"}};
    for (const auto& [theirs, ours] : kCounts)
      if (const auto count = in_.field(theirs)) out_.counts.emplace_back(ours, count.number());
  }

  const JsonIndex in_;
  Item& item_;
  records::Interaction& out_;
};

// "Tue May 03 05:21:50 +0000 2016"
std::string spelled_date(std::string_view text) {
  if (text.size() < 30 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ' || text[19] != ' ' ||
      text[25] != ' ')
    return {};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (text.substr(4, 3) != kMonths[i]) continue;
    const std::string month = (i < 9 ? "0" : "") + std::to_string(i + 1);
    return claimed_time(std::string(text.substr(26)) + "-" + month + "-" + std::string(text.substr(8, 2)) +
                        "T" + std::string(text.substr(11, 8)) + std::string(text.substr(20, 5)));
  }
  return {};
}

}  // namespace

std::string x_time(std::string_view text) {
  if (auto found = claimed_time(text); !found.empty()) return found;
  // "2016-05-03 05:21:50 +0000"
  if (text.size() == 25 && text[19] == ' ')
    return claimed_time(std::string(text.substr(0, 19)) + std::string(text.substr(20)));
  return spelled_date(text);
}

std::string x_text(std::string_view text) {
  constexpr std::pair<std::string_view, char> kEscapes[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto at = text.find('&');
    out += text.substr(0, at);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at);
    std::size_t taken = 1;
    char meant = '&';
    for (const auto& [escape, c] : kEscapes)
      if (text.starts_with(escape)) {
        taken = escape.size();
        meant = c;
      }
    out.push_back(meant);
    text.remove_prefix(taken);
  }
  return out;
}

std::string x_account_url(std::string_view name) {
  return name.empty() ? std::string() : "https://x.com/" + std::string(name);
}

std::string x_post_url(std::string_view name, std::string_view id) {
  return "https://x.com/" + (name.empty() ? std::string("i") : std::string(name)) + "/status/" +
         std::string(id);
}

bool is_x_status(Json status) {
  return status.is_object() && !id_of(status).empty() &&
         (either(status, "full_text", "text").is_text() || !id_of(status.field("retweeted_status")).empty());
}

void read_x_status(Json status, Json user, const records::Account* owner, Item& out) {
  Reader(status, out).read(user.is_object() ? user : status.field("user"), owner);
}

}  // namespace muniment::sources
