// Against real servers of Bluesky's: what is public is captured whole, and what becomes of it is noticed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "app/archive.hpp"
#include "app/find.hpp"
#include "app/harvest.hpp"
#include "app/sources.hpp"
#include "support/fake_clock.hpp"
#include "support/peer.hpp"
#include "support/temp_folder.hpp"

namespace muniment {
namespace {

namespace json = boost::json;
using testing::Contains;
using testing::Not;

// What people do, through the interface of their own server.
class Server {
 public:
  explicit Server(std::string root) : root_(std::move(root)) {}

  json::value ask(const std::string& method, const std::string& query) const {
    return answer_of("'" + root_ + "/xrpc/" + method + query + "'");
  }
  json::value tell(const std::string& method, const json::value& body, const std::string& token = "") const {
    return answer_of((token.empty() ? "" : "-H 'Authorization: " + token + "' ") +
                     std::string("-H 'Content-Type: application/json' -d '") + json::serialize(body) + "' '" +
                     root_ + "/xrpc/" + method + "'");
  }
  // Of an account: its names of posts (or reposts) that are there now.
  std::vector<std::string> records(const std::string& did, const std::string& collection) const {
    std::vector<std::string> uris;
    for (std::string cursor;;) {
      const auto page = ask("com.atproto.repo.listRecords",
                            "?repo=" + did + "&collection=" + collection + "&limit=100&cursor=" + cursor);
      for (const auto& record : page.at("records").as_array())
        uris.emplace_back(record.at("uri").as_string());
      const auto* next = page.as_object().if_contains("cursor");
      if (next == nullptr) return uris;
      cursor = next->as_string();
    }
  }

 private:
  static json::value answer_of(const std::string& arguments) {
    const auto [out, answered] = support::output_of("curl -sS --noproxy '*' --max-time 60 " + arguments);
    EXPECT_TRUE(answered) << arguments;
    boost::system::error_code wrong;
    auto value = json::parse(out.empty() ? "{}" : out, wrong);
    EXPECT_FALSE(wrong) << out.substr(0, 300);
    return value;
  }
  std::string root_;
};

struct Person {
  std::string did;
  std::string token;
};

class BlueskyPeer : public testing::Test {
 protected:
  void SetUp() override {
    std::string why;
    const auto lines = support::start_peer("bluesky", why);
    if (!lines) GTEST_SKIP() << why;
    for (const auto& [key, value] : *lines) {
      std::istringstream words(key + "=" + value);
      for (std::string word; words >> word;)
        if (const auto equals = word.find('='); equals != std::string::npos)
          peer[word.substr(0, equals)] = word.substr(equals + 1);
    }
    pds = std::make_unique<Server>(peer["PDS"]);
    view = std::make_unique<Server>(peer["APPVIEW"]);
    // A server that was just started may still be following what it was filled with.
    wait([&] {
      for (const auto* name : {"ALICE_DID", "BOB_DID", "CAROL_DID"})
        for (const auto& uri : pds->records(peer[name], "app.bsky.feed.post"))
          if (cid_in_view(uri).empty()) return false;
      return cid_in_view(peer["URI_DELETED"]).empty() && cid_in_view(peer["URI_RDEL"]).empty();
    });
    if (HasFatalFailure()) return;
    const app::World world{clock, base::system_entropy()};
    ASSERT_TRUE(app::Archive::create(folder / "archive",
                                     {"archive.wexcombe.example/peers/2", "Wexcombe Town Council",
                                      "Europe/London", "uk-foia", "records@wexcombe.example"},
                                     world));
    archive = std::make_unique<app::Archive>(
        app::Archive::open(folder / "archive", app::Access::kWrite, world).value());
  }

  void add(const std::string& name, const std::string& root, const std::string& handle,
           const std::string& credential = "") {
    app::NewSource source{name, "bluesky", root + "/xrpc/app.bsky.feed.getAuthorFeed?actor=" + handle, true,
                          "clerk"};
    source.credential = credential;
    const auto added = app::add_source(*archive, source);
    ASSERT_TRUE(added) << added.error().what;
  }

  collect::PollOutcome harvest(const std::string& name) {
    app::HarvestWishes wishes;
    wishes.sources = {name};
    const auto outcomes = app::harvest(*archive, wishes);
    EXPECT_TRUE(outcomes) << outcomes.error().what;
    if (!outcomes || outcomes->size() != 1) return {};
    EXPECT_EQ(outcomes->front().outcome, collect::Outcome::kComplete)
        << testing::PrintToString(outcomes->front().errors);
    clock.advance(std::chrono::hours{1});
    return outcomes->front();
  }

  // The newest version of every item, by its id.
  std::map<std::string, records::Interaction> items() {
    std::map<std::string, records::Interaction> out;
    const auto head = archive->reader().head().value();
    EXPECT_TRUE(
        archive->reader().each(0, head.size, [&](const ledger::Entry& entry, const records::Body* body) {
          if (entry.kind != ledger::kind::kCapture && entry.kind != ledger::kind::kEdit) return true;
          auto item = records::interaction_of(*body);
          out[item.id] = std::move(item);
          return true;
        }));
    return out;
  }
  app::Story story(const std::string& uri) {
    auto out = app::show(*archive, uri);
    EXPECT_TRUE(out) << uri << ": " << out.error().what;
    return out ? *out : app::Story{};
  }
  std::vector<std::string> events(const std::string& uri) {
    std::vector<std::string> kinds;
    for (const auto& event : story(uri).events) kinds.push_back(event.kind);
    return kinds;
  }

  // --- people ---------------------------------------------------------------------------------------

  Person log_in(const std::string& name) {
    const auto session = pds->tell("com.atproto.server.createSession",
                                   {{"identifier", name + ".test"}, {"password", name + "-pass"}});
    return {std::string(session.at("did").as_string()),
            "Bearer " + std::string(session.at("accessJwt").as_string())};
  }
  Person newcomer() {
    const auto name = "guest" + stamp.substr(stamp.size() - 10);
    const auto account = pds->tell(
        "com.atproto.server.createAccount",
        {{"handle", name + ".test"}, {"email", name + "@example.org"}, {"password", name + "-pass"}});
    return {std::string(account.at("did").as_string()),
            "Bearer " + std::string(account.at("accessJwt").as_string())};
  }
  static json::object post_record(const std::string& text) {
    return {{"$type", "app.bsky.feed.post"}, {"text", text}, {"createdAt", "2026-11-20T10:00:00.000Z"}};
  }
  std::string post(const Person& who, const json::object& record) {
    const auto made =
        pds->tell("com.atproto.repo.createRecord",
                  {{"repo", who.did}, {"collection", "app.bsky.feed.post"}, {"record", record}}, who.token);
    return std::string(made.at("uri").as_string());
  }
  static std::string key_of(const std::string& uri) { return uri.substr(uri.rfind('/') + 1); }

  // The AppView follows the servers by their event stream: what was done is visible a little later.
  std::string cid_in_view(const std::string& uri) {
    const auto page = view->ask("app.bsky.feed.getPosts", "?uris=" + uri);
    const auto& posts = page.at("posts").as_array();
    return posts.empty() ? "" : std::string(posts.at(0).at("cid").as_string());
  }
  template <typename Until>
  void wait(const Until& until) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!until()) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "the AppView did not follow";
      std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
  }

  support::TempFolder folder;
  support::FakeClock clock;
  std::unique_ptr<app::Archive> archive;
  std::map<std::string, std::string> peer;
  std::unique_ptr<Server> pds, view;
  const std::string stamp = std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
};

TEST_F(BlueskyPeer, AllThatIsPublicOfThreeAccountsIsCapturedOnce) {
  for (const auto* name : {"alice", "bob", "carol"}) add(name, peer["APPVIEW"], std::string(name) + ".test");
  for (const auto* name : {"alice", "bob", "carol"}) harvest(name);
  const auto all = items();
  std::size_t posts = 0, reposts = 0, held_reposts = 0;
  for (const auto* name : {"ALICE", "BOB", "CAROL"}) {
    const auto did = peer[std::string(name) + "_DID"];
    for (const auto& uri : pds->records(did, "app.bsky.feed.post")) {
      ++posts;
      EXPECT_TRUE(all.contains(uri)) << name << " wrote " << uri;
    }
    for (const auto& uri : pds->records(did, "app.bsky.feed.repost")) {
      ++reposts;
      held_reposts += all.contains(uri) ? 1U : 0U;
    }
  }
  EXPECT_GE(posts, 250U);
  EXPECT_EQ(reposts, 3U);
  EXPECT_EQ(held_reposts, reposts);
  for (const auto* key : {"URI_DELETED", "URI_RDEL"}) EXPECT_FALSE(all.contains(peer[key])) << key;
  EXPECT_EQ(all.at(peer["URI_EDITED"]).text, "First version, typo corrected");

  for (const auto* name : {"alice", "bob", "carol"}) {
    const auto again = harvest(name);
    EXPECT_EQ(again.counts.fresh + again.counts.changed, 0U) << name;
    EXPECT_EQ(again.deleted + again.unavailable + again.missing, 0U) << name;
  }
}

TEST_F(BlueskyPeer, WhatAPostHoldsIsKeptAndItsThreadHangsTogether) {
  add("alice", peer["APPVIEW"], "alice.test");
  add("bob", peer["APPVIEW"], "bob.test");
  harvest("alice");
  const auto below = items();
  std::string uri = peer["URI_DEEP20"];
  for (int depth = 20; depth >= 1; --depth) {
    ASSERT_TRUE(below.contains(uri)) << "depth " << depth;
    EXPECT_EQ(below.at(uri).text, "Depth " + std::to_string(depth) + " of the thread");
    EXPECT_EQ(below.at(uri).thread, peer["URI_ROOT"]);
    uri = below.at(uri).reply_to;
  }
  EXPECT_EQ(below.at(below.at(uri).reply_to).reply_to, peer["URI_ROOT"]);
  const auto& root = below.at(peer["URI_ROOT"]);
  EXPECT_THAT(root.mentions, testing::ElementsAre("bob.test"));
  EXPECT_THAT(root.tags, testing::ElementsAre("harbour", "Häfen"));
  EXPECT_THAT(root.links, testing::ElementsAre("https://example.org/a?b=1&c=2"));
  EXPECT_EQ(root.lang, "en");
  EXPECT_EQ(root.author.name, "Alice Ångström");
  ASSERT_EQ(below.at(peer["URI_IMAGE"]).media.size(), 1U);
  EXPECT_EQ(below.at(peer["URI_IMAGE"]).media[0].alt, "A woven pattern; Muster; 模様");

  harvest("bob");
  const auto all = items();
  EXPECT_EQ(all.at(peer["URI_QUOTE"]).quote_of, peer["URI_IMAGE"]);
  EXPECT_FALSE(all.contains(all.at(peer["URI_QUOTESDELETED"]).quote_of)) << "what it quotes was deleted";
  const auto orphan = std::ranges::find_if(
      all, [](const auto& one) { return one.second.text == "A reply to a reply that will be deleted"; });
  ASSERT_NE(orphan, all.end());
  EXPECT_EQ(orphan->second.reply_to, peer["URI_RDEL"]);
}

TEST_F(BlueskyPeer, AnEditedAndADeletedPostEndAsTheyShould) {
  const auto carol = log_in("carol");
  const auto edited = post(carol, post_record("The ferry leaves at tne " + stamp));
  const auto deleted = post(carol, post_record("To be deleted " + stamp));
  wait([&] { return !cid_in_view(deleted).empty(); });
  add("carol", peer["APPVIEW"], "carol.test");
  harvest("carol");
  const auto before = items().at(edited);

  pds->tell("com.atproto.repo.putRecord",
            {{"repo", carol.did},
             {"collection", "app.bsky.feed.post"},
             {"rkey", key_of(edited)},
             {"record", post_record("The ferry leaves at ten " + stamp)}},
            carol.token);
  const auto take_away = [&](const std::string& uri) {
    pds->tell("com.atproto.repo.deleteRecord",
              {{"repo", carol.did}, {"collection", "app.bsky.feed.post"}, {"rkey", key_of(uri)}},
              carol.token);
  };
  take_away(deleted);
  wait([&] { return cid_in_view(deleted).empty() && cid_in_view(edited) != before.revision; });
  const auto outcome = harvest("carol");
  EXPECT_EQ(outcome.counts.changed, 1U);
  EXPECT_EQ(outcome.deleted, 1U);
  EXPECT_EQ(outcome.missing, 0U);
  const auto after = items().at(edited);
  EXPECT_EQ(after.text, "The ferry leaves at ten " + stamp);
  EXPECT_NE(after.revision, before.revision);
  EXPECT_EQ(story(edited).versions.size(), 2U);
  EXPECT_THAT(events(edited), Not(Contains("deletion-seen")));
  EXPECT_THAT(events(deleted), Contains("deletion-seen"));
  EXPECT_EQ(story(deleted).state, "deleted");
  take_away(edited);
}

TEST_F(BlueskyPeer, ADeactivatedAccountIsUnavailableAndADeletedOneIsGone) {
  const auto guest = newcomer();
  auto record = post_record("A guest was here " + stamp);
  const json::object target{{"uri", peer["URI_ROOT"]}, {"cid", cid_in_view(peer["URI_ROOT"])}};
  record["reply"] = {{"root", target}, {"parent", target}};
  const auto reply = post(guest, record);
  wait([&] { return !cid_in_view(reply).empty(); });
  add("alice", peer["APPVIEW"], "alice.test");
  harvest("alice");
  ASSERT_TRUE(items().contains(reply));

  pds->tell("com.atproto.server.deactivateAccount", json::object{}, guest.token);
  wait([&] { return cid_in_view(reply).empty(); });
  auto outcome = harvest("alice");
  EXPECT_EQ(outcome.unavailable, 1U);
  EXPECT_EQ(outcome.deleted, 0U);
  EXPECT_THAT(events(reply), Contains("unavailable-seen"));
  EXPECT_THAT(events(reply), Not(Contains("deletion-seen")));

  const auto admin = "Basic " + base::to_base64("admin:" + peer["PDS_ADMIN_PASSWORD"]);
  pds->tell("com.atproto.admin.deleteAccount", {{"did", guest.did}}, admin);
  wait([&] {
    const auto profile = view->ask("app.bsky.actor.getProfile", "?actor=" + guest.did);
    return profile.as_object().contains("error") && profile.at("error").as_string() != "AccountDeactivated";
  });
  outcome = harvest("alice");
  EXPECT_EQ(outcome.deleted, 1U);
  EXPECT_EQ(story(reply).state, "deleted");
  EXPECT_EQ(story(reply).versions.size(), 1U) << "what was captured stays";
}

TEST_F(BlueskyPeer, MentionsComeWithALoginThatIsNotKept) {
  const auto bob = log_in("bob");
  auto record = post_record("@alice.test is the slipway open? " + stamp);
  record["facets"] = json::array{{{"index", {{"byteStart", 0}, {"byteEnd", 11}}},
                                  {"features", json::array{{{"$type", "app.bsky.richtext.facet#mention"},
                                                            {"did", peer["ALICE_DID"]}}}}}};
  const auto mention = post(bob, record);
  wait([&] { return !cid_in_view(mention).empty(); });
  ::setenv("MUNIMENT_CREDENTIAL_ALICE", ("alice.test:" + peer["ALICE_APP_PASSWORD"]).c_str(), 1);
  add("alice", peer["PDS"], "alice.test", "alice");
  const auto outcome = harvest("alice");
  ::unsetenv("MUNIMENT_CREDENTIAL_ALICE");
  EXPECT_EQ(outcome.access, collect::Access::kAccepted);
  ASSERT_TRUE(items().contains(mention));
  EXPECT_THAT(items().at(mention).mentions, testing::ElementsAre("alice.test"));
  const auto head = archive->reader().head().value();
  EXPECT_TRUE(archive->reader().each(0, head.size, [&](const ledger::Entry&, const records::Body* body) {
    for (const auto& field : *body) {
      EXPECT_EQ(field.value.find(peer["ALICE_APP_PASSWORD"]), std::string::npos) << field.name;
      EXPECT_EQ(field.value.find("eyJ"), std::string::npos) << field.name << " holds a token";
    }
    return true;
  }));
  pds->tell("com.atproto.repo.deleteRecord",
            {{"repo", bob.did}, {"collection", "app.bsky.feed.post"}, {"rkey", key_of(mention)}}, bob.token);
}

TEST_F(BlueskyPeer, ASearchFindsWhatItsWordsAreIn) {
  app::NewSource source{"decades", "bluesky", peer["APPVIEW"] + "/xrpc/app.bsky.feed.searchPosts?q=decade",
                        true, "clerk"};
  ASSERT_TRUE(app::add_source(*archive, source));
  harvest("decades");
  EXPECT_EQ(items().size(), 23U);
  for (const auto& [uri, item] : items()) EXPECT_THAT(item.tags, Contains("decade")) << uri;
}

}  // namespace
}  // namespace muniment
