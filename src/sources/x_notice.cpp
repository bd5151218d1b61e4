#include "sources/x_notice.hpp"

#include <algorithm>

#include "sources/claims.hpp"
#include "sources/x_status.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostRemarks = 20;  // of one record; a stream has thousands of notices about accounts

constexpr std::string_view kOfAccounts[] = {"scrub_geo",      "user_delete",    "user_undelete",
                                            "user_protect",   "user_unprotect", "user_suspend",
                                            "user_unsuspend", "user_withheld"};

Json either(Json object, std::string_view one, std::string_view other) {
  const auto found = object.field(one);
  return found ? found : object.field(other);
}

std::string id_in(Json object, std::string_view text, std::string_view number) {
  return either(object, text, number).name();
}

std::string time_of(Json notice) {
  if (auto at = claimed_time(notice.field("event_at").text()); !at.empty()) return at;
  return claimed_seconds(notice.field("timestamp_ms").decimal() / 1000);
}

void add(Reading& out, std::string id, Fate fate, std::string words, std::string by, std::string since) {
  out.verdicts.push_back({std::move(id), fate, 0, std::move(words), "x", std::move(by), std::move(since)});
}

bool about_post(Json root, Reading& out) {
  if (root.field("action").text() == "delete" && !root.field("id").name().empty()) {
    // That its account is protected, suspended or deactivated hides a post, and deletes nothing.
    const auto reason = root.field("reason").text();
    add(out, root.field("id").name(), reason == "deleted" ? Fate::kGone : Fate::kBarred, std::string(reason),
        {}, claimed_time(root.field("redacted_at").text()));
    return true;
  }
  if (const auto notice = root.field("delete"); notice.is_object()) {
    const auto post = either(notice, "status", "tweet");
    auto id = id_in(post, "id_str", "id");
    if (id.empty()) return false;
    auto by = id_in(post, "user_id_str", "user_id");
    if (by.empty()) by = post.field("author_id").name();
    add(out, std::move(id), Fate::kGone, "delete", std::move(by), time_of(notice));
    return true;
  }
  for (const auto name : {"status_withheld", "withheld"}) {
    const auto notice = root.field(name);
    if (!notice.is_object()) continue;
    auto id = notice.field("tweet").is_object() ? notice.field("tweet").field("id").name()
                                                : id_in(notice, "id_str", "id");
    if (id.empty()) return false;
    std::string words(name);
    for (JsonList one(notice.field("withheld_in_countries")); one; one.next())
      words.append(" ").append(excerpt(one.value().text()));
    add(out, std::move(id), Fate::kBarred, std::move(words), {}, time_of(notice));
    return true;
  }
  return false;
}

bool about_account(Json root, Reading& out) {
  for (const auto name : kOfAccounts) {
    const auto notice = root.field(name);
    if (!notice.is_object()) continue;
    auto who = notice.field("user").is_object() ? id_in(notice.field("user"), "id_str", "id")
                                                : id_in(notice, "user_id_str", "user_id");
    if (who.empty()) who = id_in(notice, "id_str", "id");
    if (out.remarks.size() < kMostRemarks)
      out.remarks.push_back("X says of account " + excerpt(who) + ": " + std::string(name));
    else
      ++out.others;
    return true;
  }
  return false;
}

bool read(Json root, Reading& out) {
  return about_post(root, out) || about_account(root, out);
}

}  // namespace

bool begins_with_x_notice(const Beginning& it) {
  const bool is_of_account = std::ranges::any_of(kOfAccounts, [&](std::string_view name) {
    const auto outer = std::string(name) + ".";
    const auto inner = "data." + outer;
    return it.has({outer + "user_id"}) || it.has({outer + "id"}) || it.has({outer + "user"}) ||
           it.has({inner + "user"});
  });
  return is_of_account || it.has({"id", "action", "created_at", "reason"}) || it.has({"delete.status"}) ||
         it.has({"status_withheld.id"}) || it.has({"data.delete.tweet"}) || it.has({"data.withheld.tweet"});
}

bool read_x_notice(Json root, Reading& out) {
  if (is_x_status(root)) return false;
  return read(root, out) || (root.field("data").is_object() && read(root.field("data"), out));
}

}  // namespace muniment::sources
