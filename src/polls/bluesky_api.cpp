#include "polls/bluesky_api.hpp"

#include "polls/answers.hpp"
#include "sources/bluesky_page.hpp"
#include "sources/claims.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::parameter;
using sources::path_of;

constexpr std::string_view kPublic = "https://public.api.bsky.app";
constexpr std::string_view kLogin = "https://bsky.social";

}  // namespace

Result<BlueskyTarget> bluesky_target(const PollSettings& settings) {
  BlueskyTarget out;
  const auto& url = settings.url;
  const auto path = path_of(url);
  const auto server = sources::server_of(url);
  out.root = sources::root_of(url);
  if (server == "bsky.app" || server == "www.bsky.app") {
    constexpr std::string_view kProfile = "/profile/";
    out.root = settings.has_credential ? kLogin : kPublic;
    if (path.starts_with(kProfile)) {
      auto name = path.substr(kProfile.size());
      while (name.ends_with('/')) name.remove_suffix(1);
      out.actor = name;
    }
    if (path == "/search") out.search = parameter(url, "q");
  } else if (path.ends_with("/xrpc/app.bsky.feed.getAuthorFeed")) {
    out.actor = parameter(url, "actor");
  } else if (path.ends_with("/xrpc/app.bsky.feed.searchPosts")) {
    out.search = parameter(url, "q");
  }
  if (!is_word_of(out.actor, 256, ".-:_")) out.actor.clear();
  if (out.actor.empty() && out.search.empty())
    return Error{Code::kInvalid, "the address names no Bluesky account and no search",
                 "Give it as https://bsky.app/profile/NAME or https://bsky.app/search?q=WORDS."};
  return out;
}

bool hides_bluesky_account(std::string_view error) {
  return error == "AccountDeactivated" || error == "AccountTakedown" || error == "AccountSuspended";
}

BlueskyApi::BlueskyApi(BlueskyTarget target, const PollSettings& settings, std::size_t most_pages)
    : ApiPoll(settings, most_pages),
      target_(std::move(target)),
      root_(target_.root),
      login_(settings.has_credential) {}

std::vector<Ask> BlueskyApi::start() {
  if (!login_) return {first()};
  auto session = method("session", "com.atproto.server.createSession");
  session.post = true;
  session.body = "{}";
  session.content_type = "application/json";
  session.shows = {{Showing::Place::kJson, "user", "identifier"},
                   {Showing::Place::kJson, "password", "password"}};
  session.learns = {{"access", "accessJwt"}, {"refresh", "refreshJwt"}};
  return {std::move(session)};
}

Result<Reading> BlueskyApi::take(const Ask& asked, const Answer& answer) {
  auto page = JsonPage::parse(answer.body);
  const auto error = page ? sources::bluesky_error(page->root()) : std::string();
  if (error == "ExpiredToken" && asked.step != "refresh" && renewed_.insert(asked.url).second)
    return renew(asked);
  if (asked.step == "session") return session(answer, page, error);
  if (asked.step != "refresh") return hear(asked, answer, page, error);
  if (auto refused = refusal(answer, error)) return std::move(*refused);
  if (!page) return page.error();
  Reading renewed;
  renewed.only_leads = true;
  return renewed;
}

bool BlueskyApi::refuses_cursor(const Answer& answer) const {
  const auto page = JsonPage::parse(answer.body);
  return answer.status == 400 && page && sources::bluesky_error(page->root()) == "InvalidRequest";
}

Ask BlueskyApi::method(std::string step, std::string_view name) const {
  auto out = ask(std::move(step), root_ + "/xrpc/" + std::string(name));
  if (in_session_) out.shows = {{Showing::Place::kBearer, "access"}};
  return out;
}

Result<Reading> BlueskyApi::session(const Answer& answer, const Result<JsonPage>& page,
                                    const std::string& error) {
  Reading reading;
  reading.only_leads = true;
  in_session_ = answer.status == 200 && page;
  if (in_session_) {
    session_did_ = page->root().field("did").text();
  } else if (answer.status == 429 || answer.status >= 500) {
    return *refusal(answer, error);
  } else {
    reading.faults.push_back("the login was refused (" + std::to_string(answer.status) + " " +
                             sources::excerpt(error) +
                             "); only what is public was asked for, and no mentions");
    if (root_ == kLogin) root_ = kPublic;
  }
  reading.next.push_back(first());
  return reading;
}

Reading BlueskyApi::renew(const Ask& asked) const {
  auto refresh = method("refresh", "com.atproto.server.refreshSession");
  refresh.post = true;
  refresh.shows = {{Showing::Place::kBearer, "refresh"}};
  refresh.learns = {{"access", "accessJwt"}, {"refresh", "refreshJwt"}};
  Reading reading;
  reading.only_leads = true;
  reading.next = {std::move(refresh), asked};
  return reading;
}

}  // namespace muniment::polls
