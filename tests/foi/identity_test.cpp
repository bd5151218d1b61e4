#include "foi/identity.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "records/made_name.hpp"
#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::field;
using support::plan_of;
using support::ReleaseDesk;

records::Interaction message(const std::string& name, const std::string& text) {
  records::Interaction item;
  item.platform = "whatsapp";
  item.type = "message";
  item.author.name = name;
  item.posted = "2026-09-20T10:00:00.000Z";
  item.text = text;
  item.id = records::made_name("message", "", {"20/09/2026, 10:00:00", name, text});
  return item;
}

TEST(Identity, WithholdsANameThatWasMadeFromWithheldWords) {
  ReleaseDesk desk;
  desk.add(message("+44 7700 900123", "He is my neighbour."), "[20/09/2026, 10:00:00] …");
  desk.add(message("Amy", "Good morning."));
  records::Interaction possible;
  possible.id = message("+44 7700 900123", "He is my neighbour.").id;
  desk.add(possible, {}, ledger::kind::kPossible, "1");
  Request typed;
  typed.redact = {"1:author.name:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "id").shows_nothing());
  EXPECT_TRUE(field(plan, 3, "id").shows_nothing()) << "the same name, in another record";
  EXPECT_TRUE(field(plan, 1, "posted").shown_whole());
  EXPECT_TRUE(field(plan, 2, "id").shown_whole()) << "all its words are shown";
  const auto remark = std::ranges::find_if(
      plan.automatic, [](const Remark& one) { return one.seq == 1 && one.field == "id"; });
  ASSERT_NE(remark, plan.automatic.end());
  EXPECT_EQ(remark->keep, "1:id") << "and how it may be shown all the same";
}

TEST(Identity, WithholdsTheHashThatAPlatformNamesAVersionBy) {
  ReleaseDesk desk;
  auto post = desk.post("1", "amy", "Amy", "Why was Mrs Thornbury sacked?");
  post.revision = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
  desk.add(post);
  Request typed;
  typed.redact = {"1:text:words=\"Thornbury\"=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "revision").shows_nothing());
  EXPECT_TRUE(field(plan, 1, "url").shown_whole());
}

TEST(Identity, ShowsTheNameOfAContactWhichIsDrawnByLot) {
  ReleaseDesk desk;
  records::Interaction call;
  call.platform = "contact";
  call.id = "phone/0123456789abcdef";
  call.author.name = "Dunstan Pike";
  call.text = "The water is brown.";
  desk.add(call, {}, ledger::kind::kContact);
  Request typed;
  typed.withhold = {"author.*=s40(2)"};
  EXPECT_TRUE(field(plan_of(desk, typed), 1, "id").shown_whole());
}

TEST(Identity, WithholdsThePostAtWhichItsAuthorMayBeRead) {
  ReleaseDesk desk;
  records::Interaction post;
  post.platform = "x";
  post.id = post.thread = "1589681856941002753";
  post.url = "https://x.com/i/status/1589681856941002753";
  post.author = {"68401342", "wongmjane", "Jane Wong", ""};
  post.text = "Good morning.";
  desk.add(post);
  records::Interaction reply;
  reply.platform = "x";
  reply.id = "1589681856941009999";
  reply.reply_to = reply.thread = post.id;
  reply.author = {"12", "town", "Town Desk", ""};
  reply.text = "Good morning to you.";
  desk.add(reply);
  Request typed;
  typed.redact = {"1:author.handle:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  for (const auto* name : {"id", "url", "thread", "author.id"})
    EXPECT_TRUE(field(plan, 1, name).shows_nothing()) << name;
  EXPECT_TRUE(field(plan, 2, "reply.to").shows_nothing());
  EXPECT_TRUE(field(plan, 2, "thread").shows_nothing());
  EXPECT_TRUE(field(plan, 2, "id").shown_whole());
  EXPECT_TRUE(std::ranges::any_of(plan.doubtful, [](const Remark& remark) {
    return remark.seq == 1 && remark.field == "author.name";
  })) << "the display name is shown still";
}

records::Interaction repost_of_jane() {
  records::Interaction repost;
  repost.platform = "x";
  repost.id = "1589681856941009999";
  repost.type = "repost";
  repost.url = "https://x.com/town/status/1589681856941009999";
  repost.author = {"12", "town", "Town Desk", "https://x.com/town"};
  repost.repost_of = "1589681856941002753";
  repost.repost_author = {"68401342", "quennellj", "Jonquil Quennell", "https://x.com/quennellj"};
  repost.text = "The water is brown.";
  repost.mentions = {"quennellj"};
  return repost;
}

TEST(Identity, WithholdsTheAuthorOfWhatIsRepeatedAsItDoesAnAuthor) {
  ReleaseDesk desk;
  desk.add(repost_of_jane(), R"({"text":"RT @quennellj: The water is brown."})");
  auto reply = desk.post("77", "olwen", "Olwen Marsh", "Thank you Jonquil Quennell, so it is.");
  desk.add(reply);
  Request typed;
  typed.redact = {"1:repost.author.name:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  for (const auto* name : {"repost.author.handle", "repost.author.id", "repost.author.url", "repost.of", "id",
                           "url", "mentions"})
    EXPECT_TRUE(field(plan, 1, name).shows_nothing()) << name;
  EXPECT_TRUE(field(plan, 1, "author.name").shown_whole()) << "whoever repeats it is somebody else";
  EXPECT_TRUE(field(plan, 1, "author.handle").shown_whole());
  EXPECT_EQ(support::shown(plan).find("Quennell"), std::string::npos) << "nor elsewhere";
  EXPECT_EQ(support::shown(plan).find("quennellj"), std::string::npos);
}

TEST(Identity, DoubtsTheNameOfTheAuthorOfWhatIsRepeatedWhenTheAccountIsWithheld) {
  ReleaseDesk desk;
  desk.add(repost_of_jane());
  Request typed;
  typed.redact = {"1:repost.author.handle:*=s40(2)"};
  EXPECT_TRUE(support::has(plan_of(desk, typed).doubtful, 1, "repost.author.name"));
}

TEST(Identity, OnlyAuthorsAreWithheldAsAuthorsOfWhatIsRepeatedToo) {
  ReleaseDesk desk;
  desk.add(repost_of_jane());
  Request typed;
  typed.withhold = {"author.name=s40(2)"};
  EXPECT_TRUE(field(plan_of(desk, typed), 1, "repost.author.name").shows_nothing());
  typed.records = {"1"};
  typed.withhold = {"of=s38"};  // and not repost.of
  const auto made = desk.disclose(typed, "second");
  ASSERT_FALSE(made.has_value());
  EXPECT_NE(made.error().what.find("the field of, which none of these records has"), std::string::npos);
}

TEST(Identity, ShowsTheAuthorOfWhatIsRepeatedWhereNothingIsWithheld) {
  ReleaseDesk desk;
  desk.add(repost_of_jane());
  ASSERT_TRUE(desk.disclose({}));
  const auto page = desk.file("data/index.html");
  const auto at = page.find("Said first by: name shown");
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(page.find("Jonquil Quennell", at), std::string::npos);
}

TEST(Identity, OfAllAuthorsThoseOfWhatIsRepeatedAreWithheldToo) {
  ReleaseDesk desk;
  desk.add(repost_of_jane());
  Request typed;
  typed.withhold = {"author.*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "author.name").shows_nothing());
  EXPECT_TRUE(field(plan, 1, "repost.author.name").shows_nothing());
}

TEST(Identity, WithholdsTheAddressOfAnyoneWhoseNameIsWithheld) {
  ReleaseDesk desk;
  records::Interaction mail;
  mail.platform = "email";
  mail.id = "20260920.4711@mail.example";
  mail.author = {"jq77@mail.example", "jq77@mail.example", "Jonquil Quennell", ""};
  mail.text = "The water is brown.";
  desk.add(mail);
  records::BodyBuilder call;
  call.add("platform", "contact").add("id", "phone/0123456789abcdef");
  call.add("recipient.handle", "+44 7700 900123").add_text("recipient.name", "Dunstan Pike");
  call.add_text("text", "We rang back.");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kContact), call.build()}));
  Request typed;
  typed.redact = {"1:author.name:*=s40(2)", "2:recipient.name:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "author.handle").shows_nothing());
  EXPECT_TRUE(field(plan, 1, "author.id").shows_nothing());
  EXPECT_TRUE(field(plan, 1, "id").shown_whole()) << "it says nothing of her";
  EXPECT_TRUE(field(plan, 2, "recipient.handle").shows_nothing());
}

TEST(Identity, DoubtsTheNameOfOneSpokenToWhoseAccountIsWithheld) {
  ReleaseDesk desk;
  records::BodyBuilder post;
  post.add("platform", "mastodon").add("id", "1").add("recipient.handle", "pike");
  post.add_text("recipient.name", "Dunstan Pike").add_text("text", "Thank you.");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kCapture), post.build()}));
  Request typed;
  typed.redact = {"1:recipient.handle:*=s40(2)"};
  EXPECT_TRUE(support::has(plan_of(desk, typed).doubtful, 1, "recipient.name"));
}

TEST(Identity, DoubtsTheNumbersThatTellAWithheldTime) {
  ReleaseDesk desk;
  desk.add(desk.post("116169000023764919", "olwen", "Olwen Marsh", "Good morning."));
  Request typed;
  typed.redact = {"1:posted:*=s38"};
  const auto plan = plan_of(desk, typed);
  for (const auto* name : {"id", "url"}) EXPECT_TRUE(support::has(plan.doubtful, 1, name)) << name;
  EXPECT_FALSE(support::has(plan.doubtful, 1, "author.handle"));
}

TEST(Identity, WithholdsTheHashOfAFileBesideWithheldWords) {
  ReleaseDesk desk;
  records::BodyBuilder body;
  body.add("platform", "contact").add("id", "letter/0123456789abcdef");
  body.add_text("text", "Her test result is attached.");
  body.add("media.0.sha256", std::string(64, 'a')).add("media.0.type", "text/plain");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kContact), body.build()}));
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "media.0.sha256").shows_nothing()) << "a short file is soon guessed";
  EXPECT_TRUE(field(plan, 1, "media.0.type").shown_whole());
}

TEST(Identity, KeepsAnAddressThatTheOfficerNames) {
  ReleaseDesk desk;
  desk.add(desk.post("116169000023764919", "olwen", "Olwen Marsh", "Good morning."));
  Request typed;
  typed.withhold = {"author.*=s40(2)"};
  typed.keep = {"1:url", "1:id"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "url").shown_whole());
  EXPECT_TRUE(field(plan, 1, "id").shown_whole());
  EXPECT_TRUE(field(plan, 1, "author.id").shows_nothing());
}

TEST(Identity, WithholdsTheHashOfAFileWhoseAddressIsWithheld) {
  ReleaseDesk desk;
  auto post = desk.post("1", "amy", "Amy", "Look at this.");
  post.media = {{"https://media.example/scan-of-mr-pike.png", "image", ""}};
  desk.add(post);
  records::BodyBuilder body;
  body.add("id", post.id).add("of", "1").add("place", "0").add("url", post.media[0].url);
  body.add("headers", "etag: \"d41d8cd98f00b204e9800998ecf8427e\"\n");
  body.add("media.0.sha256", std::string(64, 'a')).add("media.0.size", "512");
  ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kMedia), body.build()}));
  Request typed;
  typed.withhold = {"media.0.url=s40(2)"};
  const auto plan = plan_of(desk, typed);
  for (const auto* name : {"url", "media.0.sha256", "headers"})
    EXPECT_TRUE(field(plan, 2, name).shows_nothing()) << name;
  EXPECT_TRUE(field(plan, 2, "media.0.size").shown_whole());
}

TEST(Identity, WithholdsTheHashOfTheSameFileOnAnotherItem) {
  ReleaseDesk desk;
  for (const auto* id : {"1", "2", "3"}) {
    records::BodyBuilder body;
    body.add("platform", "contact").add("id", std::string("letter/000000000000000") + id);
    body.add_text("text", std::string("Letter ") + id + " came with a scan.");
    body.add("media.0.sha256", std::string(64, *id == '3' ? 'b' : 'a'));
    ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kContact), body.build()}));
  }
  Request typed;
  typed.redact = {"1:text:words=\"scan\"=s40(2)"};
  const auto plan = plan_of(desk, typed);
  EXPECT_TRUE(field(plan, 1, "media.0.sha256").shows_nothing());
  EXPECT_TRUE(field(plan, 2, "media.0.sha256").shows_nothing());
}

TEST(Identity, ShowsTheHashOfAnotherFile) {
  ReleaseDesk desk;
  for (const auto* id : {"1", "2"}) {
    records::BodyBuilder body;
    body.add("platform", "contact").add("id", std::string("letter/000000000000000") + id);
    body.add_text("text", *id == '1' ? "The scan." : "Good morning.");
    body.add("media.0.sha256", std::string(64, *id));
    ASSERT_TRUE(desk.ledger.appender().append({std::string(ledger::kind::kContact), body.build()}));
  }
  Request typed;
  typed.redact = {"1:text:*=s40(2)"};
  EXPECT_TRUE(field(plan_of(desk, typed), 2, "media.0.sha256").shown_whole());
}

}  // namespace
}  // namespace muniment::foi
