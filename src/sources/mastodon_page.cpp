#include "sources/mastodon_page.hpp"

#include <algorithm>
#include <vector>

#include "base/so_many.hpp"
#include "sources/claims.hpp"
#include "sources/json_items.hpp"
#include "sources/mastodon_status.hpp"
#include "sources/url.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostReserved = 1'000;
constexpr int kMostQuotedWithin = 8;  // statuses within one another

constexpr std::string_view kDirect = "a direct message";
constexpr std::string_view kStatusLists[] = {"ancestors", "descendants", "statuses"};

bool is_status_list(std::string_view name) {
  for (const auto list : kStatusLists)
    if (name == list) return true;
  return false;
}

// An account without a host in its name lives on the server that sent the page.
std::string home_of(Json entry) {
  for (const auto name : {"status", "last_status", "reblog"})
    if (const auto inner = entry.field(name); inner.is_object()) entry = inner;
  const auto account = entry.field("account");
  const auto acct = account.field("acct").text();
  if (acct.empty() || acct.find('@') != std::string_view::npos) return {};
  return server_of(account.field("url").text());
}

std::string server_named_in(Json root) {
  std::vector<Json> lists = {root};
  for (const auto name : kStatusLists) lists.push_back(root.field(name));
  for (const auto& list : lists)
    for (JsonList entry(list); entry; entry.next())
      if (auto host = home_of(entry.value()); !host.empty()) return host;
  return home_of(root);
}

// In the words that an ActivityPub copy of the same post would get (activitypub_object.cpp).  Servers have
// words of their own ("limited", "local", "mutuals_only"): what is not said to be for everybody is not.
std::string_view privacy_of(Json visibility) {
  const auto word = visibility.text();
  if (word.empty() || word == "public" || word == "unlisted") return {};
  if (word == "private") return "a post for followers only";
  if (word == "direct") return kDirect;
  return "a post for chosen people only";
}

class Page {
 public:
  Page(JsonPage& page, std::string_view origin) : page_(page), server_(server_of(origin)) {}

  Result<Reading> read() {
    const auto root = page_.root();
    if (server_.empty()) server_ = server_named_in(root);
    note_mended(page_, reading_);
    if (root.is_list())
      entries(root);
    else if (!object(root))
      return nothing_here(root);
    const auto read = reading_.items.size() + without_status_;
    if (entries_ != 0 && read == 0) return nothing_here(root);
    if (entries_ != read)
      reading_.remarks.push_back(base::so_many(
          entries_ - read, "entry of the page was left out: it is no status, or nothing identifies it",
          "entries of the page were left out: they are no statuses, or nothing identifies them"));
    if (adrift_ != 0)
      reading_.remarks.push_back(
          "what " + base::so_many(adrift_, "reply answers", "replies answer") +
          " is not known: the page does not say which server sent it (--origin says so)");
    return std::move(reading_);
  }

 private:
  // False: this is no object of a kind that holds statuses.
  bool object(Json root) {
    bool holds = false;
    for (JsonFields fields(root); fields; fields.next()) {
      if (!fields.value().is_list() || !is_status_list(fields.key())) continue;
      holds = true;
      entries(fields.value());
    }
    if (root.field("notification_groups").is_list()) leave_out_groups(root);
    return holds || entry(root);
  }

  // Notifications in groups name their accounts beside the statuses: whose are the private ones is not told
  // apart.
  void leave_out_groups(Json root) {
    const auto secret =
        std::ranges::find_if(reading_.items, [](auto& item) { return !item.why_private.empty(); });
    if (secret == reading_.items.end()) return;
    for (JsonFields fields(root); fields; fields.next())
      if (fields.key() == "accounts" || fields.key() == "partial_accounts" ||
          fields.key() == "notification_groups")
        for (JsonList one(fields.value()); one; one.next())
          if (one.value().is_object())
            reading_.asides.push_back({page_.slice(one.value()), secret->why_private});
    std::ranges::stable_sort(reading_.asides, {}, [](const Aside& one) { return one.place.offset; });
  }

  void entries(Json list) {
    reading_.items.reserve(reading_.items.size() + std::min(list.size(), kMostReserved));
    for (JsonList one(list); one; one.next()) entry(one.value());
  }

  // A status; a notification, which has one inside or none; a conversation, which has its last one.  Whom a
  // private one is from, and who takes part, is as private as what it says.
  bool entry(Json object) {
    ++entries_;
    if (item(object)) return true;
    const bool is_notification = object.field("type").is_text() && object.field("account").is_object();
    const bool is_conversation = object.field("accounts").is_list() && object.field("unread");
    const auto inner = object.field("status");
    const auto last = object.field("last_status");
    const auto status = inner.is_object() ? inner : last;
    auto why = privacy_of(object.field("visibility"));  // a status that nothing identifies
    if (why.empty()) why = privacy_of(status.field("visibility"));
    if (is_conversation && why.empty()) why = privacy_of_conversation(status);
    if (!why.empty()) reading_.asides.push_back({page_.slice_around(object), why});
    if (item(status)) return true;
    without_status_ += is_notification || is_conversation ? 1 : 0;
    return is_notification || is_conversation;
  }

  // Conversations are of direct messages; of a last one that is none, or is gone, nothing says so.
  static std::string_view privacy_of_conversation(Json last) {
    return last.field("visibility").text().empty() ? kDirect : std::string_view();
  }

  bool item(Json object) {
    const auto status = mastodon_status(object);
    if (!is_mastodon_status(status)) return false;
    auto id = mastodon_id(status, server_);
    if (id.empty()) return false;
    const bool holds_others = status.quote.is_object() || status.reblog.is_object();
    const auto place = holds_others ? page_.slice_around(object) : page_.slice(object);
    auto& item = reading_.items.emplace_back(item_at(place));
    item.interaction.id = std::move(id);
    read_mastodon_status(status, server_, item.interaction);
    item.why_private = privacy_of(status.visibility);
    if (item.why_private.empty()) item.why_private = privacy_of(status.reblog.field("visibility"));
    if (holds_others) leave_out_quoted(object, 0);
    if (item.interaction.type == "reply" && item.interaction.reply_to.empty()) ++adrift_;
    return true;
  }

  // What is quoted is no item here, and may be for fewer people than who quotes it.
  void leave_out_quoted(Json status, int depth) {
    for (JsonFields field(status); field && depth < kMostQuotedWithin; field.next()) {
      if (field.key() != "quote" && field.key() != "reblog") continue;
      const auto wrapped = field.value().field("quoted_status");
      const auto inner = wrapped.is_object() ? wrapped : field.value();
      if (!inner.is_object()) continue;
      if (const auto why = privacy_of(inner.field("visibility")); !why.empty())
        reading_.asides.push_back({page_.slice(inner), why});
      else
        leave_out_quoted(inner, depth + 1);
    }
  }

  static Result<Reading> nothing_here(Json root) {
    if (const auto said = root.field("error").text(); !said.empty())
      return Error{Code::kInvalid, "the server answered with an error: " + excerpt(said)};
    return Error{Code::kInvalid, "the page is JSON, but there are no statuses in it",
                 "Save a page that shows posts: of an account, a thread or a search."};
  }

  JsonPage& page_;
  std::string server_;
  Reading reading_;
  std::size_t entries_ = 0;
  std::size_t without_status_ = 0;
  std::size_t adrift_ = 0;  // replies to a number, on a server that nothing names
};

}  // namespace

Result<Reading> read_mastodon(JsonPage& page, std::string_view origin) {
  return Page(page, origin).read();
}

Result<Reading> read_mastodon(std::string_view bytes, std::string_view origin) {
  auto page = JsonPage::parse(bytes);
  if (!page) return std::move(page).error();
  return read_mastodon(*page, origin);
}

Result<Reading> read_mastodon_history(JsonPage& page, std::string_view id, std::string_view origin) {
  const auto versions = page.root();
  if (!versions.is_list()) return Error{Code::kInvalid, "the page is JSON, but no history of a status"};
  const auto server = server_of(origin);
  Reading reading;
  note_mended(page, reading);
  std::size_t left = versions.size();
  const auto first = JsonList(versions).value();
  for (JsonList one(versions); one && left > 1; one.next(), --left) {
    if (!one.value().is_object() || claimed_time(one.value().field("created_at").text()).empty()) continue;
    auto& item = reading.items.emplace_back(item_at(page.slice(one.value())));
    read_mastodon_version(one.value(), first, id, server, item.interaction);
  }
  return reading;
}

}  // namespace muniment::sources
