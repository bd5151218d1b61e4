#include "sources/mastodon_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "sources/withhold.hpp"

namespace muniment::sources {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A council's answer and a resident's question, as a server of today writes them.
constexpr std::string_view kQuestion = R"({
  "id": "113000000000000001", "created_at": "2026-11-02T21:14:05.120Z", "in_reply_to_id": null,
  "sensitive": false, "spoiler_text": "about bins", "visibility": "unlisted", "language": "en",
  "uri": "https://elsewhere.example/users/jo/statuses/42", "url": "https://elsewhere.example/@jo/42",
  "replies_count": 1, "reblogs_count": 0, "favourites_count": 2, "edited_at": "2026-11-02T21:20:00.000Z",
  "content": "<p><span class=\"h-card\"><a href=\"https://town.example/@council\" class=\"u-url mention\">@<span>council</span></a></span> When are the <a href=\"https://town.example/tags/bins\" class=\"mention hashtag\" rel=\"tag\">#<span>bins</span></a> emptied? See <a href=\"https://maps.example/?a=1&amp;b=2\">map</a></p>",
  "reblog": null, "application": null,
  "account": {"id": "77", "username": "jo", "acct": "jo@elsewhere.example", "display_name": "Jo \ud83c\udf33",
              "url": "https://elsewhere.example/@jo", "uri": "https://elsewhere.example/users/jo"},
  "media_attachments": [{"id": "5", "type": "image", "url": "https://town.example/cache/5.png",
     "preview_url": "https://town.example/cache/5s.png", "remote_url": "https://elsewhere.example/media/5.png", "description": "A full bin"}],
  "mentions": [{"id": "1", "username": "council", "url": "https://town.example/@council", "acct": "council"}],
  "tags": [{"name": "bins", "url": "https://town.example/tags/bins"}], "emojis": [], "card": null, "poll": null})";
constexpr std::string_view kAnswer = R"({"id":"113000000000000002","created_at":"2026-11-03T08:00:00Z",
  "in_reply_to_id":"113000000000000001","in_reply_to_account_id":"77","spoiler_text":"","visibility":"public","language":"en",
  "uri":"https://town.example/users/council/statuses/113000000000000002","url":"https://town.example/@council/113000000000000002",
  "replies_count":0,"reblogs_count":3,"favourites_count":1,"edited_at":null,"content":"<p>On Fridays &amp; Mondays.</p>","reblog":null,
  "account":{"id":"1","username":"council","acct":"council","display_name":"","url":"https://town.example/@council","uri":"https://town.example/users/council"},
  "media_attachments":[],"mentions":[],"tags":[],"poll":{"id":"9","votes_count":4,"options":[{"title":"Fine","votes_count":3},{"title":"Too late","votes_count":1}]}})";

std::string list_of(std::initializer_list<std::string_view> items) {
  std::string out = "[";
  for (const auto item : items) out.append(out.size() > 1 ? "," : "").append(item);
  return out + "]";
}

TEST(MastodonPage, ReadsEverythingThatARecordNeedsFromAStatus) {
  const auto page = list_of({kQuestion});
  const auto reading = read_mastodon(page, "https://town.example/api/v1/timelines/tag/bins");
  ASSERT_TRUE(reading) << reading.error().what;
  ASSERT_THAT(reading->items, SizeIs(1));
  const auto& item = reading->items[0].interaction;
  EXPECT_EQ(item.platform, "mastodon");
  EXPECT_EQ(item.id, "https://elsewhere.example/users/jo/statuses/42");
  EXPECT_EQ(item.local, "town.example/113000000000000001");
  EXPECT_EQ(item.url, "https://elsewhere.example/@jo/42");
  EXPECT_EQ(item.type, "post");
  EXPECT_EQ(item.author.id, "https://elsewhere.example/users/jo");
  EXPECT_EQ(item.author.handle, "jo@elsewhere.example");
  EXPECT_EQ(item.author.name, "Jo \U0001F333");
  EXPECT_EQ(item.author.url, "https://elsewhere.example/@jo");
  EXPECT_EQ(item.posted, "2026-11-02T21:14:05.120Z");
  EXPECT_EQ(item.edited, "2026-11-02T21:20:00.000Z");
  EXPECT_EQ(item.text, "@council When are the #bins emptied? See map");
  EXPECT_EQ(item.summary, "about bins");
  EXPECT_EQ(item.lang, "en");
  EXPECT_EQ(item.visibility, "unlisted");
  EXPECT_THAT(item.mentions, ElementsAre("council@town.example"));
  EXPECT_THAT(item.tags, ElementsAre("bins"));
  EXPECT_THAT(item.links, ElementsAre("https://maps.example/?a=1&b=2"));
  ASSERT_THAT(item.media, SizeIs(1));
  EXPECT_EQ(item.media[0].url, "https://elsewhere.example/media/5.png");
  EXPECT_EQ(item.media[0].alt, "A full bin");
  EXPECT_THAT(item.counts, ElementsAre(std::pair<std::string, std::uint64_t>("replies", 1),
                                       std::pair<std::string, std::uint64_t>("reposts", 0),
                                       std::pair<std::string, std::uint64_t>("likes", 2)));
}

TEST(MastodonPage, NamesTheParentOfAReplyAsItsServerDoes) {
  const auto page = list_of({kQuestion, kAnswer});
  const auto reading = read_mastodon(page, "https://town.example");
  ASSERT_TRUE(reading);
  ASSERT_THAT(reading->items, SizeIs(2));
  EXPECT_EQ(reading->items[1].interaction.type, "reply");
  EXPECT_EQ(reading->items[1].interaction.reply_to, reading->items[0].interaction.local);
}

TEST(MastodonPage, FindsTheServerFromItsOwnAccountsWhenNobodyNamesIt) {
  const auto page = list_of({kQuestion, kAnswer});
  const auto reading = read_mastodon(page, "");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->items[0].interaction.local, "town.example/113000000000000001");
  const auto alone = read_mastodon(list_of({kQuestion}), "");
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->items[0].interaction.local, "");
}

TEST(MastodonPage, IsTheSameVersionWhicheverServerItWasReadFrom) {
  std::string there(kQuestion);
  there.replace(there.find("113000000000000001"), 18, "42");
  there.replace(there.find("https://town.example/cache/5.png"), 32, "https://other.example/media/5.pn");
  const auto here = read_mastodon(list_of({kQuestion}), "https://town.example");
  const auto other = read_mastodon(list_of({there}), "https://town2.example");
  ASSERT_TRUE(here && other);
  EXPECT_EQ(records::version_content(here->items[0].interaction),
            records::version_content(other->items[0].interaction));
}

TEST(MastodonPage, KeepsTheOptionsOfAPollAsText) {
  const auto reading = read_mastodon(kAnswer, "https://town.example");
  ASSERT_TRUE(reading);
  ASSERT_THAT(reading->items, SizeIs(1));
  EXPECT_EQ(reading->items[0].interaction.text, "On Fridays & Mondays.\n- Fine\n- Too late");
  EXPECT_EQ(reading->items[0].interaction.author.name, "council");
  EXPECT_EQ(reading->items[0].interaction.posted, "2026-11-03T08:00:00.000Z");
}

TEST(MastodonPage, SaysThatAReplyDoesNotTellWhatItAnswersWhereNoServerIsNamed) {
  std::string abroad(kAnswer);
  const std::string at_home = R"("acct":"council")";
  abroad.replace(abroad.find(at_home), at_home.size(), R"("acct":"council@town.example")");
  const auto page = list_of({abroad});
  const auto reading = read_mastodon(page, "");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->items.at(0).interaction.reply_to, "");
  EXPECT_THAT(reading->remarks, ElementsAre(HasSubstr("what 1 reply answers is not known")));
  const auto with_origin = read_mastodon(page, "https://other.example/");
  ASSERT_TRUE(with_origin);
  EXPECT_EQ(with_origin->items.at(0).interaction.reply_to, "other.example/113000000000000001");
  EXPECT_THAT(with_origin->remarks, SizeIs(0));
}

TEST(MastodonPage, SaysWhichStatusesAreNotForEverybody) {
  const auto why = [](const std::string& visibility) {
    std::string status(kAnswer);
    const std::string there = "\"visibility\":\"public\"";
    status.replace(status.find(there), there.size(), "\"visibility\":\"" + visibility + "\"");
    const auto page = list_of({status});
    return std::string(read_mastodon(page, "https://town.example/").value().items.at(0).why_private);
  };
  EXPECT_EQ(why("direct"), "a direct message");
  EXPECT_EQ(why("private"), "a post for followers only");
  EXPECT_EQ(why("unlisted"), "");
  EXPECT_EQ(why("public"), "");
}

TEST(MastodonPage, SlicesEachStatusOutOfThePage) {
  const auto page = list_of({kQuestion, kAnswer});
  const auto reading = read_mastodon(page, "");
  ASSERT_TRUE(reading);
  EXPECT_EQ(page.substr(reading->items[0].offset, reading->items[0].length), kQuestion);
  EXPECT_EQ(page.substr(reading->items[1].offset, reading->items[1].length), kAnswer);
}

TEST(MastodonPage, ReadsABoostAsAnItemThatRepeatsAnother) {
  const auto boost =
      R"({"id":"7","created_at":"2026-11-04T00:00:00.000Z","uri":"https://town.example/users/council/statuses/7/activity","url":null,
    "content":"","visibility":"public","account":{"acct":"council","username":"council","display_name":"Council","url":"https://town.example/@council"},"reblog":)" +
      std::string(kQuestion) + "}";
  const auto reading = read_mastodon(list_of({boost}), "https://town.example");
  ASSERT_TRUE(reading);
  ASSERT_THAT(reading->items, SizeIs(1));
  const auto& item = reading->items[0].interaction;
  EXPECT_EQ(item.type, "repost");
  EXPECT_EQ(item.id, "https://town.example/users/council/statuses/7/activity");
  EXPECT_EQ(item.repost_of, "https://elsewhere.example/users/jo/statuses/42");
  EXPECT_EQ(item.author.handle, "council@town.example");
  EXPECT_EQ(item.repost_author.handle, "jo@elsewhere.example");
  EXPECT_EQ(item.repost_author.url, "https://elsewhere.example/@jo");
  EXPECT_EQ(item.repost_author.id, "https://elsewhere.example/users/jo");
  EXPECT_EQ(item.text, "@council When are the #bins emptied? See map");
}

TEST(MastodonPage, ReadsQuotesInEitherForm) {
  const auto with_quote = [](std::string_view quote) {
    auto status = std::string(kAnswer);
    status.insert(1, "\"quote\":" + std::string(quote) + ",");
    const auto reading = read_mastodon(status, "https://town.example");
    return reading && reading->items.size() == 1 ? reading->items[0].interaction.quote_of : "(unread)";
  };
  EXPECT_EQ(with_quote(R"({"state":"accepted","quoted_status":)" + std::string(kQuestion) + "}"),
            "https://elsewhere.example/users/jo/statuses/42");
  EXPECT_EQ(with_quote(kQuestion), "https://elsewhere.example/users/jo/statuses/42");
  EXPECT_EQ(with_quote(R"({"state":"accepted","quoted_status_id":"5"})"), "town.example/5");
  for (const auto* state : {"pending", "rejected", "revoked", "deleted", "unauthorized"})
    EXPECT_EQ(with_quote(R"({"state":")" + std::string(state) + R"(","quoted_status":null})"), "") << state;
}

TEST(MastodonPage, ReadsThreadsSearchesNotificationsAndConversations) {
  const auto count = [](const std::string& page) {
    const auto reading = read_mastodon(page, "https://town.example");
    return reading ? static_cast<int>(reading->items.size()) : -1;
  };
  const std::string q(kQuestion);
  const std::string a(kAnswer);
  EXPECT_EQ(count(R"({"ancestors":[)" + q + R"(],"descendants":[)" + a + "]}"), 2);
  EXPECT_EQ(count(R"({"ancestors":[],"descendants":[]})"), 0);
  EXPECT_EQ(count(R"({"accounts":[],"statuses":[)" + q + R"(],"hashtags":[]})"), 1);
  EXPECT_EQ(
      count(
          R"([{"id":"1","type":"mention","created_at":"2026-11-02T21:14:05.120Z","account":{"acct":"jo"},"status":)" +
          q + R"(},{"id":"2","type":"follow","account":{"acct":"jo"}}])"),
      1);
  EXPECT_EQ(count(R"([{"id":"1","unread":false,"accounts":[],"last_status":)" + a + "}]"), 1);
  EXPECT_EQ(count("[]"), 0);
}

TEST(MastodonPage, RefusesJsonThatHoldsNoStatuses) {
  for (const auto page : {"{}", "7", "\"x\"", "null", "[1,2]", "[[[]]]",
                          R"([{"id":"1","username":"jo","acct":"jo"}])", R"({"id":"1","name":"x"})"}) {
    const auto reading = read_mastodon(page, "");
    ASSERT_FALSE(reading) << page;
    EXPECT_EQ(reading.error().code, Code::kInvalid);
    EXPECT_THAT(reading.error().what, HasSubstr("no statuses"));
  }
  const auto error = read_mastodon(R"({"error":"Record not found"})", "");
  ASSERT_FALSE(error);
  EXPECT_THAT(error.error().what, HasSubstr("Record not found"));
}

TEST(MastodonPage, SaysWhatAServerSaidInItsOwnLanguage) {
  const auto refused = read_mastodon(R"({"error":"\u6295\u7a3f\u304c\u3042\u308a\u307e\u305b\u3093"})", "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  EXPECT_THAT(refused.error().what, HasSubstr("投稿がありません"));
}

TEST(MastodonPage, NamesAnAccountByItsNumberWhereItsServerDoes) {
  const auto reading = read_mastodon(
      R"([{"id":"7","uri":"https://town.example/ap/users/116000/statuses/7","content":"<p>x</p>","account":{"id":"116000",
        "acct":"council","url":"https://town.example/@council","uri":"https://town.example/ap/users/116000"}}])",
      "https://town.example");
  ASSERT_TRUE(reading);
  ASSERT_THAT(reading->items, SizeIs(1));
  const auto& item = reading->items[0].interaction;
  EXPECT_EQ(item.id, "https://town.example/ap/users/116000/statuses/7");
  EXPECT_EQ(item.author.id, "https://town.example/ap/users/116000");
  EXPECT_EQ(item.author.handle, "council@town.example");
}

TEST(MastodonPage, KeepsAFileThatIsStillBeingMade) {
  const auto with = [](const std::string& attachment) {
    auto status = std::string(kAnswer);
    const std::string none = "\"media_attachments\":[]";
    status.replace(status.find(none), none.size(), "\"media_attachments\":[" + attachment + "]");
    return read_mastodon(status, "https://town.example").value().items.at(0).interaction.media;
  };
  const auto media = with(
      R"({"id":"5","type":"video","url":null,"preview_url":null,"remote_url":null,"description":"The flood"})");
  ASSERT_THAT(media, SizeIs(1));
  EXPECT_EQ(media[0].url, "");
  EXPECT_EQ(media[0].type, "video");
  EXPECT_EQ(media[0].alt, "The flood");
}

TEST(MastodonPage, LeavesOutWhatIsNoStatusAndSaysSo) {
  const auto reading = read_mastodon(
      list_of({kQuestion, "42", "null", R"({"account":{},"content":"x","id":{}})"}), "https://town.example");
  ASSERT_TRUE(reading);
  EXPECT_THAT(reading->items, SizeIs(1));
  EXPECT_THAT(reading->remarks, ElementsAre(HasSubstr("3 entries")));
}

// Every value of a status in turn becomes something of another type.
TEST(MastodonPage, SurvivesAnyFieldOfAnyType) {
  const std::string_view wrong[] = {"null",
                                    "7",
                                    "-1.5",
                                    "\"x\"",
                                    "[]",
                                    "{}",
                                    "[null,7,\"x\",[],{}]",
                                    "true",
                                    R"({"url":7,"options":[7,{"title":[]}]})"};
  const std::string_view fields[] = {"account",
                                     "content",
                                     "created_at",
                                     "edited_at",
                                     "favourites_count",
                                     "id",
                                     "in_reply_to_id",
                                     "language",
                                     "media_attachments",
                                     "mentions",
                                     "poll",
                                     "quote",
                                     "reblog",
                                     "reblogs_count",
                                     "replies_count",
                                     "spoiler_text",
                                     "tags",
                                     "uri",
                                     "url",
                                     "visibility"};
  for (const auto field : fields)
    for (const auto value : wrong) {
      // The last of two fields of one name is taken.
      auto status = std::string(kQuestion.substr(0, kQuestion.rfind('}'))) + ",\"" + std::string(field) +
                    "\":" + std::string(value) + "}";
      const auto page = list_of({status, kAnswer});
      const auto reading = read_mastodon(page, "https://town.example");
      ASSERT_TRUE(reading) << field << " as " << value << ": " << reading.error().what;
      EXPECT_GE(reading->items.size(), 1U);
      for (const auto& item : reading->items) {
        EXPECT_FALSE(item.interaction.id.empty());
        EXPECT_TRUE(base::is_utf8(item.interaction.text));
      }
    }
}

std::string status_for(std::string_view visibility, std::string_view more = "") {
  std::string status(kAnswer);
  const std::string there = "\"visibility\":\"public\"";
  status.replace(status.find(there), there.size(), "\"visibility\":\"" + std::string(visibility) + "\"");
  if (!more.empty()) status.insert(1, std::string(more) + ",");
  return status;
}

TEST(MastodonPage, TakesForPrivateWhatAServerCallsByAWordOfItsOwn) {
  for (const auto* word : {"limited", "local", "mutuals_only", "Private"}) {
    const auto reading = read_mastodon(status_for(word), "https://town.example/");
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->items.at(0).why_private, "a post for chosen people only") << word;
  }
}

TEST(MastodonPage, TakesForPrivateABoostOfWhatIsPrivate) {
  for (const auto* word : {"private", "direct", "limited"}) {
    auto boost = status_for("public");
    boost.replace(boost.find("\"reblog\":null"), 13, "\"reblog\":" + status_for(word));
    const auto reading = read_mastodon(boost, "https://town.example/");
    ASSERT_TRUE(reading);
    ASSERT_THAT(reading->items, SizeIs(1));
    EXPECT_NE(reading->items[0].why_private, "") << word;
  }
}

TEST(MastodonPage, LeavesNothingOfWhomAPrivateStatusIsFrom) {
  const auto secret = status_for("direct");
  const std::string who = R"({"acct":"whistle@else.example","url":"https://else.example/@whistle"})";
  for (const auto& entry :
       {R"({"id":"5","type":"mention","account":)" + who + R"(,"status":)" + secret + "}",
        R"({"id":"5","unread":true,"accounts":[)" + who + R"(],"last_status":)" + secret + "}",
        R"({"id":"5","unread":true,"accounts":[)" + who + R"(],"last_status":null})",
        R"({"visibility":"direct","content":"nameless","account":)" + who + "}"}) {
    const std::string open =
        R"({"id":"6","type":"mention","account":{"acct":"jo"},"status":)" + std::string(kQuestion) + "}";
    auto page = list_of({entry, open});
    auto reading = read_mastodon(page, "https://town.example/");
    ASSERT_TRUE(reading);
    const auto left = withhold_private(page, *reading);
    ASSERT_TRUE(left);
    EXPECT_THAT(left->items, ElementsAre(testing::Pair("a direct message", 1U)));
    EXPECT_EQ(page, list_of({"{}", open}));
    ASSERT_THAT(reading->items, SizeIs(1));
    EXPECT_EQ(page.substr(reading->items[0].offset, reading->items[0].length), kQuestion);
  }
}

TEST(MastodonPage, LeavesNothingOfWhomAPrivateStatusAmongNotificationsInGroupsIsFrom) {
  const auto page_of = [](const std::string& status) {
    return R"({"accounts":[{"acct":"whistle@else.example"}],"statuses":[)" + status +
           R"(],"notification_groups":[{"type":"mention","sample_account_ids":["9"],"status_id":"7"}]})";
  };
  auto page = page_of(status_for("direct"));
  auto reading = read_mastodon(page, "https://town.example/");
  ASSERT_TRUE(reading);
  ASSERT_TRUE(withhold_private(page, *reading));
  EXPECT_EQ(page, R"({"accounts":[{}],"statuses":[{}],"notification_groups":[{}]})");
  reading = read_mastodon(page_of(status_for("public")), "https://town.example/");
  ASSERT_TRUE(reading);
  EXPECT_THAT(reading->asides, IsEmpty());
}

TEST(MastodonPage, LeavesOutOfAStatusThePrivateOneThatItQuotes) {
  const auto secret = status_for("private");
  for (const auto& quote :
       {R"("quote":{"state":"accepted","quoted_status":)" + secret + "}", "\"quote\":" + secret,
        R"("quote":)" + status_for("public", R"("quote":)" + secret)}) {
    auto page = list_of({status_for("public", quote), kQuestion});
    auto reading = read_mastodon(page, "https://town.example/");
    ASSERT_TRUE(reading);
    ASSERT_THAT(reading->items, SizeIs(2));
    EXPECT_EQ(reading->items[0].why_private, "");
    ASSERT_THAT(reading->asides, SizeIs(1));
    const auto& place = reading->asides[0].place;
    EXPECT_EQ(page.substr(place.offset, place.length), secret);
    const auto left = withhold_private(page, *reading);
    ASSERT_TRUE(left);
    EXPECT_THAT(left->items, ElementsAre(testing::Pair("a post for followers only", 1U)));
    EXPECT_EQ(page.find(secret), std::string::npos);
    ASSERT_THAT(reading->items, SizeIs(2));
    EXPECT_EQ(page.substr(reading->items[1].offset, reading->items[1].length), kQuestion);
  }
}

}  // namespace
}  // namespace muniment::sources
