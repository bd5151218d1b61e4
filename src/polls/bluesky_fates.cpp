#include "polls/bluesky_fates.hpp"

#include <algorithm>

#include "polls/answers.hpp"
#include "sources/bluesky_page.hpp"
#include "sources/bluesky_post.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::at_uri;
using sources::is_bluesky_post_uri;
using sources::with_parameter;

constexpr std::size_t kLookedUpAtOnce = 25;

}  // namespace

std::vector<Ask> BlueskyFates::batches(const std::vector<const Held*>& posts) const {
  std::vector<Ask> out;
  for (std::size_t i = 0; i < posts.size(); i += kLookedUpAtOnce) {
    auto batch = method("batch", "app.bsky.feed.getPosts");
    for (auto at = i; at < std::min(i + kLookedUpAtOnce, posts.size()); ++at)
      batch.url = with_parameter(batch.url, "uris", posts[at]->id);
    out.push_back(std::move(batch));
  }
  return out;
}

Ask BlueskyFates::record(const std::string& uri) const {
  const auto name = at_uri(uri);
  auto out = method("record", "com.atproto.repo.getRecord");
  out.url = with_parameter(out.url, "repo", name.authority);
  out.url = with_parameter(out.url, "collection", name.collection);
  out.url = with_parameter(out.url, "rkey", name.key);
  out.about = uri;
  return out;
}

void BlueskyFates::know_account(const std::string& did, const std::string& error) {
  states_[did] = hides_bluesky_account(error) ? error : "";
}

void BlueskyFates::look_up(const Ask& asked, Reading& reading) {
  for (auto rest = std::string_view(asked.url); !rest.empty();) {
    const auto at = rest.find("uris=");
    if (at == std::string_view::npos) break;
    const auto uri = sources::parameter("?" + std::string(rest.substr(at)), "uris");
    rest.remove_prefix(at + 5);
    if (!has_come(uri) && is_bluesky_post_uri(uri)) missing(uri, reading);
  }
}

void BlueskyFates::missing(const std::string& uri, Reading& reading) {
  const std::string did(at_uri(uri).authority);
  if (const auto state = states_.find(did); state != states_.end())
    return settle(uri, state->second, reading);
  auto& waiting = waiting_[did];
  waiting.push_back(uri);
  if (waiting.size() > 1) return;
  auto out = method("author", "app.bsky.actor.getProfile");
  out.url = with_parameter(out.url, "actor", did);
  out.about = did;
  out.optional = true;
  reading.next.push_back(std::move(out));
}

// `hidden`: the word for an account that shows nothing; empty when it does, or is no more.
void BlueskyFates::settle(const std::string& uri, const std::string& hidden, Reading& reading) const {
  if (!hidden.empty()) {
    reading.verdicts.push_back({uri, Fate::kBarred, 400, hidden});
    return;
  }
  auto out = method("single", "app.bsky.feed.getPostThread");
  out.url = with_parameter(out.url, "uri", uri) + "&depth=0&parentHeight=0";
  out.about = uri;
  reading.next.push_back(std::move(out));
}

Result<Reading> BlueskyFates::author(const Ask& asked, const Answer& answer, const std::string& error) {
  if (answer.status != 200 && answer.status != 400) return *refusal(answer, error);
  know_account(asked.about, answer.status == 400 ? error : "");
  Reading reading;
  for (const auto& uri : waiting_[asked.about]) settle(uri, states_[asked.about], reading);
  return reading;
}

Result<Reading> BlueskyFates::single(const Ask& asked, const Answer& answer, Result<JsonPage>& page,
                                     const std::string& error) const {
  Reading reading;
  auto fate = Fate::kUnclear;
  if (answer.status == 200 && page) {
    const auto kind = page->root().field("thread").field("$type").text();
    if (kind.ends_with("#notFoundPost")) fate = Fate::kGone;
    if (kind.ends_with("#blockedPost")) fate = Fate::kBarred;
    if (asked.step == "record" && page->root().field("uri").text() == asked.about) fate = Fate::kPresent;
    if (auto read = sources::read_bluesky(*page)) reading = *std::move(read);
    for (const auto& item : reading.items)
      if (item.interaction.id == asked.about) fate = Fate::kPresent;
  }
  if (answer.status == 400 && (error == "NotFound" || error == "RecordNotFound")) fate = Fate::kGone;
  if (answer.status == 400 &&
      (error == "RepoDeactivated" || error == "RepoTakendown" || hides_bluesky_account(error)))
    fate = Fate::kBarred;
  reading.verdicts.push_back(verdict(asked, fate, answer, error));
  return reading;
}

}  // namespace muniment::polls
