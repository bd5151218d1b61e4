#include "index/found.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "index/item.hpp"
#include "index/projection.hpp"
#include "records/interaction.hpp"
#include "support/followed_entries.hpp"
#include "support/small_ledger.hpp"

namespace muniment::index {
namespace {

using support::small_post;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Shown : public ::testing::Test {
 protected:
  ledger::Seq append(std::string_view kind, const records::Interaction& item) {
    records::BodyBuilder body;
    records::add_fields(body, records::Interaction(item));
    body.add("fetched", "2026-04-01T00:00:00.000Z").add("raw", "{}");
    return append(kind, body.build());
  }
  ledger::Seq append(std::string_view kind, records::Body body) {
    const auto appended = ledger.appender().append({std::string(kind), std::move(body)});
    EXPECT_TRUE(appended);
    return appended->before.size;
  }
  ledger::Seq capture(const records::Interaction& item) { return append(ledger::kind::kCapture, item); }
  ledger::Seq gone(const std::string& id) {
    records::BodyBuilder body;
    body.add("platform", "mastodon").add("id", id);
    return append(ledger::kind::kDeletion, body.build());
  }
  Searcher& index() {
    auto projection = Projection::open(path(), support::kTestOrigin, ledger.entropy);
    EXPECT_TRUE(projection);
    EXPECT_TRUE(projection->follow(ledger.reader()));
    auto searcher = Searcher::open(path(), support::kTestOrigin);
    EXPECT_TRUE(searcher);
    searcher_.emplace(std::move(*searcher));
    return *searcher_;
  }
  std::vector<Found> found(std::string_view text) {
    auto& searcher = index();
    const auto hits = searcher.search(*parse_query(text), {});
    EXPECT_TRUE(hits);
    auto read = read_hits(*hits, searcher.tokenizer(), ledger.reader());
    EXPECT_TRUE(read);
    return std::move(*read);
  }
  // The snippet with its marks as [words].
  static std::string marked(const Snippet& snippet) {
    std::string out = snippet.cut_before ? "... " : "";
    std::size_t at = 0;
    for (const auto& mark : snippet.marks) {
      out += snippet.text.substr(at, mark.begin - at) + "[" +
             snippet.text.substr(mark.begin, mark.end - mark.begin) + "]";
      at = mark.end;
    }
    return out + snippet.text.substr(at) + (snippet.cut_after ? " ..." : "");
  }
  std::filesystem::path path() const { return ledger.folder() / "index.db"; }

  support::SmallLedger ledger{0};
  std::optional<Searcher> searcher_;
};

TEST_F(Shown, ReadsWhatIsShownFromTheLedger) {
  const auto seq = capture(small_post("1", "A pothole in Mill Lane"));
  const auto all = found("pothole");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].seq, seq);
  EXPECT_EQ(all[0].id, "1");
  EXPECT_EQ(all[0].platform, "mastodon");
  EXPECT_EQ(all[0].account, "council@wexcombe.example");
  EXPECT_EQ(all[0].posted, "2026-03-01T00:00:00.000Z");
  EXPECT_EQ(all[0].captured, "2026-04-01T00:00:00.000Z");
  EXPECT_EQ(all[0].text, "A pothole in Mill Lane");
  EXPECT_EQ(marked(all[0].snippet), "A [pothole] in Mill Lane");
}

TEST_F(Shown, MarksWordsPhrasesAndBeginningsAsTheSearchTookThem) {
  capture(small_post("1", "Éclairs, MILL lane; milling 東京都"));
  EXPECT_EQ(marked(found("eclairs")[0].snippet), "[Éclairs], MILL lane; milling 東京都");
  EXPECT_EQ(marked(found("\"mill lane\"")[0].snippet), "Éclairs, [MILL lane]; milling 東京都");
  EXPECT_EQ(marked(found("mill*")[0].snippet), "Éclairs, [MILL] lane; [milling] 東京都");
  EXPECT_EQ(marked(found("京都")[0].snippet), "Éclairs, MILL lane; milling 東[京都]");
  EXPECT_EQ(marked(found("eclairs -nothing")[0].snippet), "[Éclairs], MILL lane; milling 東京都");
}

TEST_F(Shown, MarksAWordAsItIsWritten) {
  capture(small_post("1", "see www.town.example: Ёлка, العَرَبِيَّة! \uFB01nest ｶﾞｲﾄﾞ и\u0306 co\u00ADop"));
  EXPECT_EQ(marked(found("елка")[0].snippet),
            "see www.town.example: [Ёлка], العَرَبِيَّة! \uFB01nest ｶﾞｲﾄﾞ и\u0306 co\u00ADop");
  EXPECT_EQ(marked(found("العربية")[0].snippet),
            "see www.town.example: Ёлка, [العَرَبِيَّة]! \uFB01nest ｶﾞｲﾄﾞ и\u0306 co\u00ADop");
  EXPECT_EQ(marked(found("fin*")[0].snippet),
            "see www.town.example: Ёлка, العَرَبِيَّة! [\uFB01nest] ｶﾞｲﾄﾞ и\u0306 co\u00ADop");
  EXPECT_EQ(marked(found("ガ")[0].snippet),
            "see www.town.example: Ёлка, العَرَبِيَّة! \uFB01nest [ｶﾞ]ｲﾄﾞ и\u0306 co\u00ADop");
  EXPECT_EQ(marked(found("й")[0].snippet),
            "see www.town.example: Ёлка, العَرَبِيَّة! \uFB01nest ｶﾞｲﾄﾞ [и\u0306] co\u00ADop");
  EXPECT_EQ(marked(found("coop")[0].snippet),
            "see www.town.example: Ёлка, العَرَبِيَّة! \uFB01nest ｶﾞｲﾄﾞ и\u0306 [co\u00ADop]");
  EXPECT_EQ(marked(found("example")[0].snippet),
            "see www.town.[example]: Ёлка, العَرَبِيَّة! \uFB01nest ｶﾞｲﾄﾞ и\u0306 co\u00ADop");
}

TEST_F(Shown, CutsLongTextsBetweenWordsAroundTheMatches) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "👩‍👩‍👧‍👦wörd" + std::to_string(i) + " ";
  text += "the needle is here ";
  for (int i = 0; i < 400; ++i) text += "more" + std::to_string(i) + " ";
  capture(small_post("1", text));
  const auto snippet = found("needle")[0].snippet;
  EXPECT_TRUE(snippet.cut_before);
  EXPECT_TRUE(snippet.cut_after);
  EXPECT_LE(snippet.text.size(), 240U);
  EXPECT_TRUE(base::is_utf8(snippet.text));
  EXPECT_NE(marked(snippet).find("the [needle] is"), std::string::npos) << marked(snippet);
  EXPECT_TRUE(snippet.text.starts_with("👩‍👩‍👧‍👦") || snippet.text.starts_with("wörd"))
      << snippet.text;
}

TEST_F(Shown, ShowsAWordThatIsLongerThanASnippetWhole) {
  capture(small_post("1", "short " + std::string(5000, 'x') + " end"));
  const auto snippet = found("short")[0].snippet;
  EXPECT_EQ(snippet.marks.size(), 1U);
  EXPECT_TRUE(base::is_utf8(snippet.text));
}

TEST_F(Shown, TellsAnItemsStory) {
  const auto first = capture(small_post("1", "one"));
  const auto second = append(ledger::kind::kEdit, small_post("1", "two"));
  const auto third = gone("1");
  auto& searcher = index();
  for (const auto seq : {first, second, third}) {
    const auto story = story_of(searcher, ledger.reader(), seq);
    ASSERT_TRUE(story) << story.error().what;
    EXPECT_EQ(story->newest, second);
    EXPECT_EQ(story->state, DocumentState::kDeleted);
    ASSERT_EQ(story->events.size(), 3U);
    EXPECT_EQ(story->events[0].seq, first);
    EXPECT_EQ(story->events[2].what, What::kDeletion);
    EXPECT_EQ(story->events[1].leaf, *ledger.reader().leaf(second));
  }
  EXPECT_EQ(*item_named(searcher, ledger.reader(), "1"), second);
  EXPECT_EQ(item_named(searcher, ledger.reader(), "9").error().code, Code::kNotFound);
  EXPECT_EQ(story_of(searcher, ledger.reader(), 999).error().code, Code::kNotFound);
}

TEST_F(Shown, FollowsAThreadByIdentifiersAndByLocalNames) {
  const auto make = [](const std::string& id, const std::string& local, const std::string& to, int minute) {
    auto item = small_post(id, "words", minute);
    item.local = local;
    item.reply_to = to;
    return item;
  };
  const auto root = capture(make("uri:1", "h/1", "", 1));
  const auto reply = capture(make("uri:2", "h/2", "h/1", 2));
  const auto other = capture(make("uri:3", "h/3", "uri:1", 3));
  const auto deep = capture(make("uri:4", "h/4", "h/2", 4));
  const auto lost = capture(make("uri:5", "h/5", "h/99", 5));
  auto& searcher = index();
  const auto seqs = [](const std::vector<ThreadItem>& items) {
    std::vector<ledger::Seq> out;
    for (const auto& item : items) out.push_back(item.seq);
    return out;
  };
  const auto of_root = story_of(searcher, ledger.reader(), root);
  ASSERT_TRUE(of_root);
  EXPECT_THAT(of_root->ancestors, IsEmpty());
  EXPECT_THAT(seqs(of_root->descendants), ElementsAre(other, reply, deep));
  EXPECT_EQ(of_root->descendants[2].parent, reply);
  const auto of_deep = story_of(searcher, ledger.reader(), deep);
  ASSERT_TRUE(of_deep);
  EXPECT_THAT(seqs(of_deep->ancestors), ElementsAre(root, reply));
  EXPECT_FALSE(of_deep->ancestor_missing);
  EXPECT_TRUE(story_of(searcher, ledger.reader(), lost)->ancestor_missing);
  EXPECT_EQ(*item_named(searcher, ledger.reader(), "h/3"), other);
}

TEST_F(Shown, ListsFormerVersionsThatAreItemsOfTheirOwn) {
  const auto item = capture(small_post("a", "ten"));
  auto form = small_post("a#1", "nine");
  form.edit_of = "a";
  const auto former = capture(form);
  auto of_another = small_post("b#1", "eight");
  of_another.edit_of = "b";
  capture(of_another);
  const auto story = story_of(index(), ledger.reader(), item);
  ASSERT_TRUE(story);
  ASSERT_EQ(story->forms.size(), 1U);
  EXPECT_EQ(story->forms[0].seq, former);
  EXPECT_EQ(story_of(index(), ledger.reader(), former)->state, DocumentState::kSuperseded);
}

TEST_F(Shown, EndsWhereRepliesRunInACircle) {
  auto a = small_post("a", "x");
  a.reply_to = "b";
  auto b = small_post("b", "x");
  b.reply_to = "a";
  const auto first = capture(a);
  capture(b);
  const auto story = story_of(index(), ledger.reader(), first);
  ASSERT_TRUE(story);
  EXPECT_EQ(story->ancestors.size(), 1U);
  EXPECT_EQ(story->descendants.size(), 1U);
}

}  // namespace
}  // namespace muniment::index
