#include "polls/wordpress_poll.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "support/scripted_server.hpp"

namespace muniment::polls {
namespace {

using sources::Fate;
using sources::Held;

using test::ScriptedServer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kSite = "https://town.example/news/";
const std::string kApi = kSite + "wp-json/";
const std::string kRoot = R"({"name":"Town","namespaces":["oembed/1.0","wp/v2"],"routes":{}})";

std::string address(const std::string& route, int page, const std::string& api = kApi) {
  const std::string embed = route == "posts"   ? "&_embed=author,wp:term"
                            : route == "pages" ? "&_embed=author"
                                               : "";
  return api + "wp/v2/" + route + (api.find('?') == std::string::npos ? "?" : "&") +
         "per_page=100&orderby=id&order=asc&page=" + std::to_string(page) + embed;
}
std::string comment(int id) {
  const auto n = std::to_string(id);
  return R"({"id":)" + n +
         R"(,"post":1,"parent":0,"author_name":"Jo","date_gmt":"2026-05-04T23:02:03","content":{"rendered":"<p>)" +
         n + R"(</p>"},"_links":{"self":[{"href":"https://town.example/news/wp-json/wp/v2/comments/)" + n +
         R"("}]}})";
}
std::string post(int id) {
  const auto n = std::to_string(id);
  return R"({"id":)" + n +
         R"(,"type":"post","date_gmt":"2026-05-04T23:02:03","content":{"rendered":"x"},"title":{"rendered":"T"},"link":"https://town.example/news/p/",)" +
         R"("_links":{"self":[{"href":"https://town.example/news/wp-json/wp/v2/posts/)" + n + R"("}]}})";
}
std::string list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const auto& one : items) out += (out.size() > 1 ? "," : "") + one;
  return out + "]";
}
Held held(const std::string& id) {
  return {"town.example/news/" + id, "", ""};
}

class ASite : public testing::Test {
 protected:
  ASite() {
    server.answers[kApi] = {200, kRoot};
    server.answers[address("posts", 1)] = {200, list({post(1)}), "", "1"};
    server.answers[address("pages", 1)] = {200, "[]", "", "0"};
    server.answers[address("comments", 1)] = {200, list({comment(2), comment(3)}),
                                              "<" + address("comments", 2) + ">; rel=\"next\"", "4"};
    server.answers[address("comments", 2)] = {200, list({comment(5)}), "", "4"};
  }
  ScriptedServer server;
};

TEST_F(ASite, IsReadThroughAllItsListsAndSaysWhereTheyFallShort) {
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  EXPECT_THAT(out.errors, IsEmpty());
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_THAT(out.items, SizeIs(4));
  EXPECT_THAT(out.remarks, ElementsAre("the site announced 4 comments and listed 3"));
  EXPECT_EQ(poll->cursor(), "");
}

TEST_F(ASite, IsFoundFromAnyOfItsAddresses) {
  for (const auto url : {"https://town.example/news", "https://town.example/news/wp-json/wp/v2/posts",
                         "https://town.example/news/index.php"})
    EXPECT_EQ(new_wordpress_poll({url, ""})->start().at(0).url, kApi) << url;
}

TEST_F(ASite, IsFoundWithoutPermalinksToo) {
  const auto api = kSite + "?rest_route=/";
  server.answers[kApi] = {404, "<html></html>"};
  server.answers[api] = {200, kRoot};
  server.answers[address("posts", 1, api)] = {200, list({post(1)})};
  server.answers[address("pages", 1, api)] = {200, "[]"};
  server.answers[address("comments", 1, api)] = {200, "[]"};
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  EXPECT_THAT(server.unknown, IsEmpty());
  EXPECT_THAT(out.items, SizeIs(1));
  const auto asks = poll->ask_after({held("post/9")});
  ASSERT_THAT(asks, SizeIs(1));
  EXPECT_EQ(asks[0].url, kSite + "?rest_route=/wp/v2/posts/9");
}

TEST_F(ASite, IsAskedForWhatWasNotListed) {
  const auto poll = new_wordpress_poll({kSite, ""});
  server.play(*poll);
  const auto asks = poll->ask_after({held("comment/3"),
                                     held("comment/4"),
                                     held("comment/6"),
                                     held("post/7"),
                                     held("page/8"),
                                     held("comment/9"),
                                     held("comment/10"),
                                     held("attachment/5"),
                                     held("comment/x"),
                                     {"elsewhere.example/comment/4", "", ""}});
  ASSERT_THAT(asks, SizeIs(6));
  EXPECT_EQ(asks[0].url, kApi + "wp/v2/comments/4");
  const auto error = [](const std::string& code, int status) {
    return R"({"code":")" + code + R"(","message":"m","data":{"status":)" + std::to_string(status) + "}}";
  };
  server.answers[kApi + "wp/v2/comments/4"] = {404, error("rest_comment_invalid_id", 404)};
  server.answers[kApi + "wp/v2/comments/6"] = {401, error("rest_cannot_read", 401)};
  server.answers[kApi + "wp/v2/posts/7"] = {404, error("rest_post_invalid_id", 404)};
  server.answers[kApi + "wp/v2/pages/8"] = {410, ""};
  server.answers[kApi + "wp/v2/comments/9"] = {404, error("rest_no_route", 404)};
  server.answers[kApi + "wp/v2/comments/10"] = {200, comment(10)};
  const auto out = server.play(*poll, asks);
  std::map<std::string, std::pair<Fate, std::string>> fates;
  for (const auto& verdict : out.verdicts) fates[verdict.id] = {verdict.fate, verdict.words};
  EXPECT_EQ(fates[held("comment/4").id], std::pair(Fate::kGone, std::string("rest_comment_invalid_id")));
  EXPECT_EQ(fates[held("comment/6").id], std::pair(Fate::kBarred, std::string("rest_cannot_read")));
  EXPECT_EQ(fates[held("post/7").id].first, Fate::kGone);
  EXPECT_EQ(fates[held("page/8").id].first, Fate::kGone);
  EXPECT_EQ(fates[held("comment/9").id].first, Fate::kUnclear);
  EXPECT_EQ(fates[held("comment/10").id].first, Fate::kPresent);
  EXPECT_THAT(out.items, SizeIs(1));
}

TEST_F(ASite, IsNotAskedAfterItemsOfAListThatDidNotComeWhole) {
  server.answers[address("comments", 2)] = {503, ""};
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kUnavailable);
  EXPECT_THAT(out.items, SizeIs(3));
  EXPECT_THAT(poll->ask_after({held("comment/4"), held("post/7")}), SizeIs(1));
}

TEST_F(ASite, CutOffItIsGoneOnWithAtThePageBefore) {
  const auto poll = [](const std::string& resume) {
    return new_wordpress_poll({kSite, "", "2026-11-22T00:00:00Z", false, resume});
  };
  server.answers[address("comments", 2)].link = "<" + address("comments", 3) + ">; rel=\"next\"";
  server.answers[address("comments", 3)] = {200, list({comment(6)}), "", "4"};
  const auto first = poll("");
  const auto third = server.answers[address("comments", 3)];
  server.answers[address("comments", 3)] = {500, ""};
  server.play(*first);
  const auto resume = first->resume({});
  EXPECT_EQ(resume, "list.0 2 whole\nlist.1 2 whole\nlist.2 3\n");
  server.answers[address("comments", 3)] = third;
  server.asked.clear();
  const auto second = poll(resume);
  const auto out = server.play(*second);
  EXPECT_THAT(server.asked, ElementsAre(kApi, address("comments", 2), address("posts", 1),
                                        address("pages", 1), address("comments", 3)))
      << "what is new stands on the last pages of those that were read";
  EXPECT_THAT(out.items, SizeIs(3));
  EXPECT_THAT(out.remarks, IsEmpty()) << "it cannot count what others have read";
  EXPECT_THAT(second->ask_after({held("comment/9")}), IsEmpty()) << "it did not list all that there is";
  EXPECT_EQ(second->resume({}), "list.0 2 whole\nlist.1 2 whole\nlist.2 4 whole\n");
}

TEST_F(ASite, OfWhichAListFailsForGoodIsReadAnewInTheEnd) {
  server.answers[address("comments", 1)] = {500, ""};
  const auto first = new_wordpress_poll({kSite, "", "", false, ""});
  server.play(*first);
  EXPECT_EQ(first->resume({}), "list.0 2 whole\nlist.1 2 whole\n");
  const auto second = new_wordpress_poll({kSite, "", "", false, first->resume({})});
  server.play(*second);
  EXPECT_EQ(second->resume({}), "");
}

TEST_F(ASite, EndsAListWhoseLastPageVanishedWhileItWasRead) {
  server.answers[address("comments", 2)] = {
      400, R"({"code":"rest_post_invalid_page_number","message":"m","data":{"status":400}})"};
  const auto poll = new_wordpress_poll({kSite, ""});
  EXPECT_THAT(server.play(*poll).errors, IsEmpty());
  EXPECT_THAT(poll->ask_after({held("comment/4")}), SizeIs(1));
}

TEST_F(ASite, IsReadByItsFeedsWhereTheInterfaceIsBarred) {
  const auto feed = [](const std::string& item) {
    return R"(<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>https://town.example/news/</link>)" +
           item + "</channel></rss>";
  };
  server.answers[kApi] = {401, R"({"code":"rest_not_logged_in","message":"m","data":{"status":401}})"};
  server.answers[kSite + "feed/"] = {
      200, feed("<item><guid>https://town.example/news/?p=1</guid><title>Roads</title></item>")};
  server.answers[kSite + "comments/feed/"] = {
      200, feed("<item><guid>https://town.example/news/?p=1#comment-2</guid><title>Jo</title></item>")};
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  EXPECT_THAT(out.errors, IsEmpty());
  EXPECT_THAT(out.items, SizeIs(2));
  EXPECT_THAT(out.remarks, Contains(HasSubstr("newest only")));
  EXPECT_THAT(poll->ask_after({held("comment/4")}), IsEmpty());
}

TEST_F(ASite, IsReadByOneFeedWhereOnlyOneListIsBarred) {
  server.answers[address("comments", 1)] = {
      403, R"({"code":"rest_forbidden","message":"m","data":{"status":403}})"};
  server.answers[kSite + "comments/feed/"] = {
      200,
      R"(<rss version="2.0"><channel><title>t</title><item><guid>g</guid><title>Jo</title></item></channel></rss>)"};
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  EXPECT_THAT(out.items, SizeIs(2));
  EXPECT_THAT(out.remarks, ElementsAre(HasSubstr("its comments (403 rest_forbidden)")));
}

TEST_F(ASite, IsNotReadByItsFeedsBecauseItIsBusy) {
  server.answers[kApi] = {503, ""};
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  EXPECT_THAT(server.asked, SizeIs(1));
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kUnavailable);
}

std::string numbered(int from, int count) {
  std::vector<std::string> all;
  for (int id = from; id < from + count; ++id) all.push_back(comment(id));
  return list(all);
}
const std::string kNoFurtherPage =
    R"({"code":"rest_post_invalid_page_number","message":"m","data":{"status":400}})";

TEST_F(ASite, IsReadOnBehindAPageWhoseCommentsAreAllHidden) {
  const auto names_next = "<" + address("comments", 2) + ">; rel=\"next\"";
  for (const auto& [link, total, pages] : std::vector<std::array<std::string, 3>>{
           {names_next, "", ""}, {"", "101", ""}, {"", "", "2"}, {names_next, "101", "2"}}) {
    server.answers[address("comments", 1)] = {200, "[]", link, total, pages};
    server.answers[address("comments", 2)] = {200, list({comment(301)}), "", total, pages};
    const auto poll = new_wordpress_poll({kSite, ""});
    const auto out = server.play(*poll);
    EXPECT_THAT(out.errors, IsEmpty());
    EXPECT_THAT(out.items, SizeIs(2)) << link << total << pages;
    const auto asks = poll->ask_after({held("comment/3"), held("comment/301")});
    ASSERT_THAT(asks, SizeIs(1)) << "the list came whole, and what it does not show is asked after";
    EXPECT_EQ(asks[0].about, held("comment/3").id);
  }
}

TEST_F(ASite, EndsAListWhereTenPagesInARowHoldNothing) {
  for (int page = 1; page <= 12; ++page)
    server.answers[address("comments", page)] = {200, "[]", "", "", "12"};
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  EXPECT_THAT(server.asked, Contains(address("comments", 10)));
  EXPECT_THAT(server.asked, testing::Not(Contains(address("comments", 11))));
  EXPECT_THAT(out.remarks, Contains(HasSubstr("10 pages of the list of comments in a row held nothing")));
}

TEST_F(ASite, IsReadOnBehindAFullPageWhateverItSaysOfItsNumbers) {
  for (const auto* total : {"", "90", "100"}) {
    server.asked.clear();
    server.answers[address("comments", 1)] = {200, numbered(1, 100), "", total, ""};
    server.answers[address("comments", 2)] = {200, numbered(101, 100), "", total, ""};
    server.answers[address("comments", 3)] = {400, kNoFurtherPage};
    const auto poll = new_wordpress_poll({kSite, ""});
    const auto out = server.play(*poll);
    EXPECT_THAT(out.errors, IsEmpty());
    EXPECT_THAT(out.faults, IsEmpty());
    EXPECT_THAT(out.items, SizeIs(201)) << total;
    EXPECT_THAT(poll->ask_after({held("comment/201")}), SizeIs(1)) << "a list that ends so came whole";
    EXPECT_EQ(poll->resume({}), "");
  }
}

// Of what moves up over the end of a page, nothing is passed over.
TEST_F(ASite, OfWhichSomethingIsDeletedBetweenTwoPagesIsReadWhole) {
  std::vector<std::string> moved;
  for (int id = 1; id <= 101; ++id)
    if (id != 5) moved.push_back(comment(id));
  server.answers[address("comments", 1)] = {200, numbered(1, 100), "", "250", "3"};
  server.answers[address("comments", 2)] = {200, numbered(102, 100), "", "249", "3"};
  server.answers[address("comments", 3)] = {200, numbered(202, 49), "", "249", "3"};
  const auto it = new_wordpress_poll({kSite, ""});
  std::set<std::string> came;
  auto asks = it->start();
  for (std::size_t i = 0; i < asks.size() && i < 20; ++i) {
    const auto& scripted = server.answers.at(asks[i].url);
    const sources::Answer answer{.status = scripted.status,
                                 .url = asks[i].url,
                                 .link = scripted.link,
                                 .content_type = "application/json",
                                 .body = scripted.body,
                                 .total = scripted.total,
                                 .total_pages = scripted.total_pages};
    const auto reading = it->read(asks[i], answer);
    ASSERT_TRUE(reading);
    EXPECT_THAT(reading->faults, IsEmpty());
    for (const auto& item : reading->items) came.insert(item.interaction.id);
    if (asks[i].url == address("comments", 1))
      server.answers[asks[i].url] = {200, list(moved), "", "249", "3"};
    asks.insert(asks.end(), reading->next.begin(), reading->next.end());
  }
  EXPECT_THAT(came, Contains("town.example/news/comment/101"));
  EXPECT_THAT(came, SizeIs(251)) << "250 comments, and a post";
  EXPECT_THAT(it->ask_after({held("comment/5"), held("comment/101")}), IsEmpty());
  EXPECT_EQ(it->resume({}), "");
}

TEST_F(ASite, ThatBecameMuchShorterWhileItWasReadWasNotReadWhole) {
  server.answers[address("comments", 1)] = {200, numbered(1, 100), "", "350", "4"};
  server.answers[address("comments", 2)] = {200, numbered(252, 99), "", "199", "2"};
  const auto out = server.play(*new_wordpress_poll({kSite, ""}));
  EXPECT_THAT(out.faults, ElementsAre(HasSubstr("the list of comments became much shorter")));
}

TEST_F(ASite, ThatIsSmallIsAskedForNoPageTooMany) {
  server.answers[address("comments", 1)] = {200, list({comment(2), comment(3)}), "", "2", "1"};
  server.play(*new_wordpress_poll({kSite, ""}));
  EXPECT_THAT(server.asked,
              ElementsAre(kApi, address("posts", 1), address("pages", 1), address("comments", 1)));
}

TEST_F(ASite, IsReadByTheNumberOfItsPagesWhereItGivesFewerThanWereAskedFor) {
  for (int page = 1; page <= 3; ++page)
    server.answers[address("comments", page)] = {200, numbered(page * 20, 20), "", "60", "3"};
  const auto out = server.play(*new_wordpress_poll({kSite, ""}));
  EXPECT_THAT(out.items, SizeIs(61));
  EXPECT_THAT(out.remarks, IsEmpty());
}

TEST_F(ASite, ThatShowsOnePageForEveryPageIsNotReadForEver) {
  for (int page = 1; page <= 3; ++page) server.answers[address("comments", page)] = {200, numbered(1, 100)};
  const auto poll = new_wordpress_poll({kSite, ""});
  const auto out = server.play(*poll);
  EXPECT_THAT(server.asked, testing::Not(Contains(address("comments", 3))));
  EXPECT_THAT(out.faults, ElementsAre(HasSubstr("shows on page 2 what it showed before")));
  EXPECT_THAT(poll->ask_after({held("comment/500")}), IsEmpty()) << "it did not come whole";
}

TEST_F(ASite, ThatIsBusyWhenItIsAskedAfterAnItemIsAskedAgainAndRemarkedUpon) {
  const auto poll = new_wordpress_poll({kSite, ""});
  server.play(*poll);
  const auto asks = poll->ask_after({held("comment/4")});
  ASSERT_THAT(asks, SizeIs(1));
  EXPECT_TRUE(asks[0].optional);
  server.answers[asks[0].url] = {500, R"({"code":"x"})"};
  const auto out = server.play(*poll, asks);
  ASSERT_THAT(out.errors, SizeIs(1));
  EXPECT_EQ(out.errors[0].code, Code::kUnavailable);
  EXPECT_THAT(out.verdicts, IsEmpty());
}

TEST_F(ASite, DoesNotSpeakForAnother) {
  auto forged = comment(3);
  forged.replace(forged.find("town.example"), 12, "else.example");
  server.answers[address("comments", 1)] = {200, list({forged}), "", "1"};
  const auto out = server.play(*new_wordpress_poll({kSite, ""}));
  ASSERT_THAT(out.items, SizeIs(2));
  EXPECT_EQ(out.items[1].interaction.id, "town.example/news/comment/3");
  EXPECT_THAT(out.remarks, ElementsAre(HasSubstr("1 entry names itself after another site")));
}

TEST_F(ASite, IsTheSameWithAndWithoutWww) {
  const std::string site = "https://www.town.example/news/";
  const auto api = site + "wp-json/";
  server.answers[api] = {200, kRoot};
  server.answers[address("posts", 1, api)] = {200, list({post(1)})};
  server.answers[address("pages", 1, api)] = {200, "[]"};
  server.answers[address("comments", 1, api)] = {200, list({comment(2)})};
  const auto poll = new_wordpress_poll({site, ""});
  const auto out = server.play(*poll);
  ASSERT_THAT(out.items, SizeIs(2));
  EXPECT_EQ(out.items[1].interaction.id, "town.example/news/comment/2") << "as the site calls itself";
  EXPECT_THAT(out.remarks, IsEmpty());
  const auto asks =
      poll->ask_after({held("comment/2"), held("comment/9"), {"www.town.example/news/comment/2", "", ""}});
  ASSERT_THAT(asks, SizeIs(1));
  EXPECT_EQ(asks[0].url, api + "wp/v2/comments/9");
}

}  // namespace
}  // namespace muniment::polls
