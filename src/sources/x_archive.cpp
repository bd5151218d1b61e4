// The archive that X gives an account's owner: files of JavaScript, each giving one list to a variable.
//
//   data/tweets.js                    window.YTD.tweets.part0 = [{"tweet": {…}}, …]; also deleted-tweets,
//                                     community-tweet
//   data/twitter-circle-tweet.js      window.YTD.twitter_circle_tweet.part0, likewise: for a few only
//   data/note-tweet.js                window.YTD.note_tweet.part0 = [{"noteTweet": {…}}, …]: long texts,
//   under
//                                     numbers of their own
//   data/direct-messages.js           window.YTD.direct_messages.part0 = [{"dmConversation": {…}}, …]
//   data/account.js                   whose archive it is
//   data/js/tweets/2016_05.js         before 2018: Grailbird.data.tweets_2016_05 = [{…}, …]
//
// All numbers are texts.  Posts do not name their author.
#include <algorithm>
#include <array>

#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/x_status.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kNewer = "window.YTD.";
constexpr std::string_view kOlder = "Grailbird.data.tweets";
constexpr std::array<std::string_view, 8> kOfPosts = {
    "tweet",           "tweets",     "deleted_tweet",    "deleted_tweets",
    "community_tweet", "note_tweet", "community_tweets", "deleted_note_tweet"};
constexpr std::array<std::string_view, 2> kOfMessages = {"direct_messages", "direct_message"};
constexpr std::array<std::string_view, 2> kOfCircles = {"twitter_circle_tweet", "twitter_circle_tweets"};
constexpr std::size_t kMostMessages = 1'000'000;  // of one conversation

// "tweets" of "window.YTD.tweets.part0"
std::string_view kind_of(const Beginning& it) {
  auto name = it.variable();
  if (!name.starts_with(kNewer)) return {};
  name.remove_prefix(kNewer.size());
  return name.substr(0, name.find('.'));
}

bool is_posts(const Beginning& it) {
  const auto kind = kind_of(it);
  for (const auto known : kOfPosts)
    if (kind == known) return true;
  return it.variable().starts_with(kOlder);
}

bool is_circle(const Beginning& it) {
  const auto kind = kind_of(it);
  return std::ranges::find(kOfCircles, kind) != kOfCircles.end();
}

bool is_messages(const Beginning& it) {
  const auto kind = kind_of(it);
  for (const auto known : kOfMessages)
    if (kind == known || kind == std::string(known) + "_group") return true;
  return kind == "direct_messages_group";
}

const records::Account* owner_in(const SavedContext& context) {
  const auto found = context.owners.find("x");
  return found == context.owners.end() ? nullptr : &found->second;
}

void read_note(Json note, const records::Account* owner, records::Interaction& out) {
  out.platform = "x";
  out.id = "note/" + note.field("noteTweetId").name();
  out.type = "post";
  if (owner != nullptr) out.author = *owner;
  out.posted = x_time(note.field("createdAt").text());
  if (auto changed = x_time(note.field("updatedAt").text()); changed > out.posted)
    out.edited = std::move(changed);
  const auto core = note.field("core");
  out.text = x_text(core.field("text").text());
  for (JsonList one(core.field("mentions")); one; one.next())
    if (const auto name = one.value().field("screenName").text(); !name.empty())
      out.mentions.emplace_back(name);
  for (JsonList one(core.field("hashtags")); one; one.next())
    if (const auto tag = one.value().field("text").text(); !tag.empty()) out.tags.emplace_back(tag);
  for (JsonList one(core.field("urls")); one; one.next())
    if (const auto link = one.value().field("expandedUrl").text(); !link.empty())
      out.links.emplace_back(link);
}

// "jo" of "RT @jo: …"; empty: it is no such text.
std::string_view repeated_name(std::string_view text) {
  constexpr std::string_view kMark = "RT @";
  constexpr std::size_t kLongestName = 20;
  if (!text.starts_with(kMark)) return {};
  text.remove_prefix(kMark.size());
  const auto end = std::ranges::find_if(text, [](char c) {
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
  });
  const auto name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  const bool is = !name.empty() && name.size() <= kLongestName && text.substr(name.size()).starts_with(": ");
  return is ? name : std::string_view();
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, {}, [](char c) { return c | 32; }, [](char c) { return c | 32; });
}

// The archive says of no post that it repeats another, but in its words; nor which one.
void mark_repost(Json tweet, records::Interaction& out) {
  const auto name = repeated_name(out.text);
  if (name.empty() || !out.repost_of.empty()) return;
  out.type = "repost";
  out.reply_to.clear();
  auto& author = out.repost_author;
  author.handle = name;
  for (JsonList one(tweet.field("entities").field("user_mentions")); one; one.next()) {
    const auto who = one.value();
    if (!same_name(who.field("screen_name").text(), name)) continue;
    author.handle = who.field("screen_name").text();
    author.name = who.field("name").text();
    author.id = who.field("id_str").name();
    break;
  }
  author.url = x_account_url(author.handle);
}

std::string_view without_end(std::string_view text, std::string_view end) {
  if (!end.empty() && text.ends_with(end)) text.remove_suffix(end.size());
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// The number of "https://x.com/NAME/status/NUMBER"; empty: it is no such address.
std::string_view status_in(std::string_view url) {
  const auto mark = url.find("://");
  if (mark == std::string_view::npos) return {};
  url.remove_prefix(mark + 3);
  for (const std::string_view front : {"www.", "mobile."})
    if (url.starts_with(front)) url.remove_prefix(front.size());
  if (!url.starts_with("twitter.com/") && !url.starts_with("x.com/")) return {};
  constexpr std::string_view kStatus = "/status/";
  const auto at = url.find(kStatus);
  if (at == std::string_view::npos || url.find('/') + 1 > at || url.find('/', url.find('/') + 1) != at)
    return {};
  url = url.substr(at + kStatus.size());
  const auto number = url.substr(0, url.find_first_not_of("0123456789"));
  const auto rest = url.substr(number.size());
  return rest.empty() || rest[0] == '?' || rest == "/" ? number : std::string_view();
}

// The archive names a quoted post by its address alone, which stands last in the text; pictures of the post's
// own may come after it.
void mark_quote(Json tweet, records::Interaction& out) {
  if (!out.quote_of.empty() || out.type == "repost") return;
  std::string_view text = without_end(out.text, {});
  const auto entities = tweet.field("entities");
  for (JsonList one(entities.field("media")); one; one.next())
    text = without_end(text, one.value().field("url").text());
  Json last;
  for (JsonList one(entities.field("urls")); one; one.next()) last = one.value();
  const auto url = last.field("url").text();
  if (url.empty() || !text.ends_with(url)) return;
  const auto number = status_in(last.field("expanded_url").text());
  if (number != out.id && number != out.local) out.quote_of = number;
}

Status read_posts(std::string_view record, const SavedContext& context, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  auto root = page->root();
  Item item;
  item.length = record.size();
  const auto note = root.field("noteTweet");
  if (root.field("tweet").is_object()) root = root.field("tweet");
  if (is_x_status(root)) {
    read_x_status(root, {}, owner_in(context), item);
    if (!root.field("user")) {  // before 2018 archives told of both
      mark_repost(root, item.interaction);
      mark_quote(root, item.interaction);
    }
  } else if (!note.field("noteTweetId").name().empty()) {
    read_note(note, owner_in(context), item.interaction);
  } else {
    return Error{Code::kInvalid, "an element of the X archive is no post, or nothing identifies it"};
  }
  // The file tells, where the post does not.
  if (root.field("deleted_at") || context.head.find("window.YTD.deleted_") != std::string_view::npos) {
    item.interaction.visibility = "deleted";
    item.fate = Fate::kGone;
    item.fate_words = "deleted_at";
  }
  out.items.push_back(std::move(item));
  return {};
}

// X showed them to the people whom the author had put into a Circle.
Status read_circle(std::string_view record, const SavedContext& context, Reading& out) {
  const auto before = out.items.size();
  if (auto read = read_posts(record, context, out); !read) return read;
  for (auto i = before; i < out.items.size(); ++i) {
    auto& item = out.items[i];
    item.why_private = "a post for a Circle";
    if (item.interaction.visibility.empty()) item.interaction.visibility = "circle";
  }
  return {};
}

void read_message(Json message, std::string_view conversation, records::Interaction& out) {
  out.platform = "x";
  out.id = "message/" + message.field("id").name();
  out.type = "message";
  out.visibility = "direct";
  out.thread = "conversation/" + std::string(conversation);
  out.author.id = message.field("senderId").name();
  out.posted = x_time(message.field("createdAt").text());
  out.text = x_text(message.field("text").text());
  for (JsonList one(message.field("urls")); one; one.next())
    if (const auto link = one.value().field("expanded").text(); !link.empty()) out.links.emplace_back(link);
  for (JsonList one(message.field("mediaUrls")); one; one.next())
    if (const auto url = one.value().text(); !url.empty()) out.media.push_back({std::string(url), "", ""});
}

// One conversation; joining, leaving and naming it are no messages.
Status read_messages(std::string_view record, const SavedContext&, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto conversation = page->root().field("dmConversation");
  const auto messages = conversation.field("messages");
  if (!messages.is_list()) return Error{Code::kInvalid, "an element of the X archive is no conversation"};
  const auto id = conversation.field("conversationId").name();
  std::size_t left_out = 0;
  for (JsonList one(messages); one && out.items.size() < kMostMessages; one.next()) {
    const auto message = one.value().field("messageCreate");
    if (message.field("id").name().empty()) {
      left_out += one.value().field("messageCreate").is_object() ? 1U : 0U;
      continue;
    }
    auto item = item_at(page->slice(one.value()));
    item.why_private = "a direct message";
    read_message(message, id, item.interaction);
    out.items.push_back(std::move(item));
  }
  if (left_out != 0)
    out.remarks.push_back(std::to_string(left_out) + " messages without a number were left out");
  return {};
}

// account.js, manifest.js, or user_details.js of the older archives.
void learn_owner(const Beginning& it, std::string_view bytes, SavedContext& context) {
  const bool is_account = kind_of(it) == "account" && it.has({"account.accountId"});
  const bool is_manifest = it.variable() == "window.__THAR_CONFIG" && it.has({"userInfo.accountId"});
  const bool is_older = it.variable() == "user_details" && it.has({"screen_name", "id"});
  if (!is_account && !is_manifest && !is_older) return;
  const auto from = bytes.find_first_of("[{");
  auto page = JsonPage::parse(bytes.substr(from));
  if (!page) return;
  auto root = page->root();
  records::Account owner;
  if (is_account) {
    root = JsonList(root).value().field("account");
    owner = {root.field("accountId").name(), std::string(root.field("username").text()),
             std::string(root.field("accountDisplayName").text()), ""};
  } else if (is_manifest) {
    root = root.field("userInfo");
    owner = {root.field("accountId").name(), std::string(root.field("userName").text()),
             std::string(root.field("displayName").text()), ""};
  } else {
    owner = {root.field("id").name(), std::string(root.field("screen_name").text()),
             std::string(root.field("full_name").text()), ""};
  }
  owner.url = x_account_url(owner.handle);
  if (!owner.id.empty()) context.owners.emplace("x", std::move(owner));
}

}  // namespace

const SavedFormat kXArchive = {.name = "x-archive",
                               .help = "posts of an X archive",
                               .is = is_posts,
                               .read = read_posts,
                               .cut = Cut::kJson,
                               .learn = learn_owner,
                               .owner_marks = "window.YTD.account|__THAR_CONFIG|user_details",
                               .asks_owner = true};
const SavedFormat kXCircle = {.name = "x-circle",
                              .help = "posts for a Circle, of an X archive",
                              .is = is_circle,
                              .read = read_circle,
                              .cut = Cut::kJson,
                              .why_private = "posts for a Circle",
                              .asks_owner = true};
const SavedFormat kXMessages = {.name = "x-messages",
                                .help = "direct messages of an X archive",
                                .is = is_messages,
                                .read = read_messages,
                                .cut = Cut::kJson,
                                .why_private = "direct messages"};

}  // namespace muniment::sources
