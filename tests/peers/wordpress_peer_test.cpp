// Against a real WordPress: what its readers can see is captured, and what becomes of it is noticed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "app/archive.hpp"
#include "app/find.hpp"
#include "app/harvest.hpp"
#include "app/media.hpp"
#include "app/replay.hpp"
#include "app/sources.hpp"
#include "support/fake_clock.hpp"
#include "support/peer.hpp"
#include "support/temp_folder.hpp"

namespace muniment {
namespace {

using testing::Contains;
using testing::Not;

constexpr int kLastSeeded = 167;  // comments with higher numbers were made by tests
constexpr char kSite[] = "127.0.0.1:18101";

// What an editor does, through WordPress's own interface.  Deletes what it made when it goes.
class Editor {
 public:
  Editor(std::string rest, std::string password) : rest_(std::move(rest)), password_(std::move(password)) {}
  ~Editor() {
    for (const int id : made_) (void)ask("DELETE", "comments/" + std::to_string(id) + "?force=true", "");
  }
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  int comment(int post, int parent, const std::string& text) {
    const auto answer = ask("POST", "comments",
                            "-d post=" + std::to_string(post) + " -d parent=" + std::to_string(parent) +
                                " --data-urlencode 'content=" + text + "'");
    int id = 0;
    if (const auto at = answer.find("\"id\":"); at != std::string::npos)
      std::from_chars(answer.data() + at + 5, answer.data() + answer.size(), id);
    EXPECT_GT(id, kLastSeeded) << answer.substr(0, 300);
    made_.push_back(id);
    return id;
  }
  void edit(int id, const std::string& text) {
    (void)ask("POST", "comments/" + std::to_string(id), "--data-urlencode 'content=" + text + "'");
  }
  void bin(int id) { (void)ask("DELETE", "comments/" + std::to_string(id), ""); }
  void take_out_of_bin(int id) { (void)ask("POST", "comments/" + std::to_string(id), "-d status=approved"); }
  void delete_for_good(int id) { (void)ask("DELETE", "comments/" + std::to_string(id) + "?force=true", ""); }

 private:
  std::string ask(const std::string& method, const std::string& path, const std::string& more) {
    const auto [out, answered] =
        support::output_of("curl -sS --noproxy '*' --max-time 60 -X " + method + " -u 'editor:" + password_ +
                           "' " + more + " '" + rest_ + path + "'");
    EXPECT_TRUE(answered) << method << " " << path;
    return out;
  }
  std::string rest_;
  std::string password_;
  std::vector<int> made_;
};

class WordPressPeer : public testing::Test {
 protected:
  void SetUp() override {
    std::string why;
    const auto peer = support::start_peer("wordpress", why);
    if (!peer) GTEST_SKIP() << why;
    editor = std::make_unique<Editor>(peer->at("REST"), peer->at("WP_APP_PASSWORD"));
    password = peer->at("WP_APP_PASSWORD");
    address = peer->at("BASE_URL");
    const app::World world{clock, base::system_entropy()};
    ASSERT_TRUE(app::Archive::create(folder / "archive",
                                     {"archive.wexcombe.example/peers/1", "Wexcombe Town Council",
                                      "Europe/London", "uk-foia", "records@wexcombe.example"},
                                     world));
    archive = std::make_unique<app::Archive>(
        app::Archive::open(folder / "archive", app::Access::kWrite, world).value());
    const auto name =
        app::add_source(*archive, {"gazette", "wordpress", peer->at("BASE_URL"), true, "clerk"});
    ASSERT_TRUE(name) << name.error().what;
  }

  collect::PollOutcome harvest() {
    const auto outcomes = app::harvest(*archive, {});
    EXPECT_TRUE(outcomes) << outcomes.error().what;
    if (!outcomes || outcomes->size() != 1) return {};
    EXPECT_EQ(outcomes->front().outcome, collect::Outcome::kComplete)
        << testing::PrintToString(outcomes->front().errors);
    clock.advance(std::chrono::hours{1});
    return outcomes->front();
  }

  // The newest version of every comment, by its number.
  std::map<int, records::Interaction> comments() {
    std::map<int, records::Interaction> out;
    const auto head = archive->reader().head().value();
    EXPECT_TRUE(
        archive->reader().each(0, head.size, [&](const ledger::Entry& entry, const records::Body* body) {
          if (entry.kind != ledger::kind::kCapture && entry.kind != ledger::kind::kEdit) return true;
          const auto item = records::interaction_of(*body);
          if (item.id.starts_with(name(0).substr(0, name(0).size() - 1))) out[number(item.id)] = item;
          return true;
        }));
    return out;
  }

  static std::string name(int id) { return std::string(kSite) + "/comment/" + std::to_string(id); }
  static int number(const std::string& id) { return std::atoi(id.c_str() + id.rfind('/') + 1); }

  app::Story story(int id) {
    auto out = app::show(*archive, name(id));
    EXPECT_TRUE(out) << name(id) << ": " << out.error().what;
    return out ? *out : app::Story{};
  }
  std::vector<std::string> events(int id) {
    std::vector<std::string> kinds;
    for (const auto& event : story(id).events) kinds.push_back(event.kind);
    return kinds;
  }

  support::TempFolder folder;
  support::FakeClock clock;
  std::unique_ptr<app::Archive> archive;
  std::unique_ptr<Editor> editor;
  std::string password;
  std::string address;
};

TEST_F(WordPressPeer, AllThatReadersCanSeeIsCapturedWithItsThreads) {
  const auto outcome = harvest();
  const auto all = comments();
  const auto seeded =
      std::count_if(all.begin(), all.end(), [](const auto& one) { return one.first <= kLastSeeded; });
  EXPECT_EQ(seeded, 159);
  EXPECT_EQ(outcome.deleted + outcome.unavailable + outcome.missing, 0U);

  int unheld_parents = 0;
  std::map<std::string, int> by_name;
  for (const auto& [id, item] : all) by_name[item.id] = by_name[item.local] = id;
  for (const auto& [id, item] : all)
    if (id <= kLastSeeded && item.reply_to.find("/comment/") != std::string::npos)
      unheld_parents += by_name.contains(item.reply_to) ? 0 : 1;
  EXPECT_EQ(unheld_parents, 1) << "one comment answers another that is in the site's bin";

  const auto deepest = std::find_if(all.begin(), all.end(),
                                    [](const auto& one) { return one.second.text.starts_with("Depth 10:"); });
  ASSERT_NE(deepest, all.end());
  auto item = deepest->second;
  for (int depth = 9; depth >= 1; --depth) {
    ASSERT_TRUE(by_name.contains(item.reply_to)) << "above depth " << depth + 1;
    item = all.at(by_name.at(item.reply_to));
    EXPECT_TRUE(item.text.starts_with("Depth " + std::to_string(depth) + ":")) << item.text;
  }
  EXPECT_GE(story(deepest->first).ancestors.size(), 9U);

  const auto again = harvest();
  EXPECT_EQ(again.counts.fresh + again.counts.changed, 0U);
  EXPECT_EQ(again.counts.read, outcome.counts.read);
}

TEST_F(WordPressPeer, TheSitesPictureIsFetchedAndItsAnswersReadTheSameAgain) {
  harvest();
  app::MediaWishes wishes;
  const auto files = app::fetch_media(*archive, wishes);
  ASSERT_TRUE(files) << files.error().what;
  EXPECT_EQ(files->kept, 1U) << "the one picture of the seed";
  EXPECT_EQ(files->held.never_asked + files->held.later + files->held.refused, 0U);
  app::ReplayWishes again;
  again.dry = true;
  const auto answers = app::replay(*archive, again);
  ASSERT_TRUE(answers) << answers.error().what;
  ASSERT_EQ(answers->size(), 1U);
  EXPECT_GT(answers->front().differences.compared, 150U);
  EXPECT_EQ(answers->front().differences.different, 0U);
  EXPECT_EQ(answers->front().differences.missing, 0U);
}

TEST_F(WordPressPeer, AnEditedABinnedAndADeletedCommentEndAsTheyShould) {
  const auto stamp = std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
  constexpr int kPost = 5;
  const int edited = editor->comment(kPost, 0, "The pump is repaired " + stamp);
  const int reply = editor->comment(kPost, edited, "Thank you for the pump " + stamp);
  const int binned = editor->comment(kPost, 0, "To be regretted " + stamp);
  const int deleted = editor->comment(kPost, 0, "To be deleted " + stamp);
  harvest();
  auto held = comments();
  ASSERT_TRUE(held.contains(edited) && held.contains(reply) && held.contains(binned) &&
              held.contains(deleted));
  EXPECT_TRUE(held.at(reply).reply_to == held.at(edited).id ||
              held.at(reply).reply_to == held.at(edited).local);

  editor->edit(edited, "The pump is repaired for now " + stamp);
  editor->bin(binned);
  editor->delete_for_good(deleted);
  const auto outcome = harvest();
  EXPECT_EQ(outcome.counts.changed, 1U);
  EXPECT_EQ(outcome.unavailable, 1U);
  EXPECT_EQ(outcome.deleted, 1U);
  EXPECT_EQ(outcome.missing, 0U);
  EXPECT_EQ(story(edited).versions.size(), 2U);
  EXPECT_EQ(comments().at(edited).text, "The pump is repaired for now " + stamp);
  EXPECT_THAT(events(edited), Not(Contains("deletion-seen")));
  EXPECT_THAT(events(binned), Contains("unavailable-seen"));
  EXPECT_THAT(events(binned), Not(Contains("deletion-seen")));
  EXPECT_THAT(events(deleted), Contains("deletion-seen"));
  EXPECT_EQ(story(deleted).versions.size(), 1U) << "what was captured stays";
  EXPECT_EQ(story(deleted).state, "deleted");

  editor->take_out_of_bin(binned);
  const auto back = harvest();
  EXPECT_EQ(back.counts.changed, 1U);
  EXPECT_EQ(back.deleted + back.unavailable + back.missing, 0U);
  EXPECT_EQ(story(binned).versions.size(), 2U) << "its return is a version of its own";
}

TEST_F(WordPressPeer, AnEditorsLoginShowsWhatWaitsAndWhoLinkedAndNoAddresses) {
  ASSERT_TRUE(app::change_source(*archive, "gazette", app::SourceChange::kRemove, "clerk"));
  app::NewSource source{"desk", "wordpress", address, true, "clerk"};
  source.credential = "desk";
  ASSERT_TRUE(app::add_source(*archive, source));
  ::setenv("MUNIMENT_CREDENTIAL_DESK", ("editor:" + password).c_str(), 1);
  const auto outcome = harvest();
  EXPECT_EQ(outcome.access, collect::Access::kAccepted);
  const auto all = comments();
  int seeded = 0, waiting = 0, linked = 0;
  for (const auto& [id, item] : all) {
    if (id > kLastSeeded) continue;
    ++seeded;
    waiting += item.visibility == "hold" ? 1 : 0;
    linked += item.type == "pingback" ? 1 : 0;
  }
  EXPECT_EQ(seeded, 162);
  EXPECT_EQ(waiting, 2);
  EXPECT_EQ(linked, 1);
  const auto head = archive->reader().head().value();
  EXPECT_TRUE(archive->reader().each(0, head.size, [&](const ledger::Entry&, const records::Body* body) {
    for (const auto& field : *body) {
      EXPECT_EQ(field.value.find(password), std::string::npos) << field.name;
      EXPECT_EQ(field.value.find("\"author_ip\":\""), std::string::npos) << field.name;
      EXPECT_EQ(field.value.find("\"author_email\":\""), std::string::npos) << field.name;
    }
    return true;
  }));

  const int binned = editor->comment(5, 0, "To be regretted by the desk");
  harvest();
  editor->bin(binned);
  EXPECT_EQ(harvest().unavailable, 1U) << "that the desk may look into the bin is no edit";
  editor->delete_for_good(binned);
  EXPECT_EQ(harvest().deleted, 1U);
  ::unsetenv("MUNIMENT_CREDENTIAL_DESK");
}

}  // namespace
}  // namespace muniment
