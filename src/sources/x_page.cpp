// What X's interfaces answer, page by page or in lines, as they are saved by scripts and by twarc.
//
// v2: x_v2_page.hpp.  v1.1: statuses, lists of them, {"statuses": [...]}.  Notices: x_notice.hpp.
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/x_notice.hpp"
#include "sources/x_status.hpp"
#include "sources/x_v2_page.hpp"

namespace muniment::sources {
namespace {

// Statuses, and users with their newest one.
class OlderPage {
 public:
  OlderPage(JsonPage& page, Reading& out) : page_(page), out_(out) {}

  Status read() {
    const auto root = page_.root();
    const auto before = out_.items.size();
    bool lists = false;
    for (const auto name : {"statuses", "users"})
      if (const auto list = root.field(name); list.is_list()) {
        lists = true;
        for (JsonList one(list); one; one.next()) entry(one.value());
      }
    if (!lists) entry(root);
    if (out_.items.size() != before || lists) return {};
    if (const auto said = root.field("error").text(); !said.empty())
      return Error{Code::kInvalid, "X answered with an error: " + excerpt(said)};
    return Error{Code::kInvalid, "the page is of X's older interface, but there are no posts in it"};
  }

 private:
  void entry(Json object) {
    const bool is_user = object.field("screen_name").is_text();
    const auto status = is_user ? object.field("status") : object;
    if (!is_x_status(status)) return;
    auto item = item_at(page_.slice(status));
    read_x_status(status, is_user ? object : Json(), nullptr, item);
    out_.items.push_back(std::move(item));
  }

  JsonPage& page_;
  Reading& out_;
};

bool is_stream_message(Json root) {
  for (const auto name : {"limit", "warning", "disconnect", "friends", "event"})
    if (root.field(name) && !is_x_status(root)) return true;
  return false;
}

Status read_page(std::string_view record, const SavedContext&, Reading& out) {
  auto page = json_in(record, out);
  if (!page) return std::move(page).error();
  const auto root = page->root();
  if (read_x_notice(root, out) || is_stream_message(root)) return {};
  if (is_x_v2_page(root)) return read_x_v2_page(*page, out);
  return OlderPage(*page, out).read();
}

bool is_page(const Beginning& it) {
  if (!it.variable().empty()) return false;
  const bool messages = it.has({"data.dm_conversation_id"}) || it.has({"event_type", "dm_conversation_id"}) ||
                        it.value("data.event_type") == "MessageCreate";
  const bool newer = it.has({"data.id", "data.text"}) || it.has({"data.tweet_count"}) ||
                     (it.has({"data", "__twarc"})) || it.has({"meta.result_count"}) ||
                     it.has({"id", "text", "author_id"});
  const bool older = (it.has({"user.screen_name"}) && it.has({"id"}) &&
                      (it.has({"text"}) || it.has({"full_text"}) || it.has({"retweeted_status"}))) ||
                     it.has({"statuses.user", "statuses.text"}) ||
                     it.has({"statuses.user", "statuses.full_text"}) ||
                     it.has({"screen_name", "status.created_at"}) || it.has({"users.screen_name"}) ||
                     it.has({"user.id_str", "id_str", "text"});
  return newer || older || messages || begins_with_x_notice(it);
}

}  // namespace

const SavedFormat kXPages = {"x", "pages and lines of X's interfaces, also as twarc keeps them", is_page,
                             read_page, Cut::kJson};

}  // namespace muniment::sources
