// Where the gate's refusal says that it found something, and what a preview says of it.
#include "foi/refusal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/release_desk.hpp"

namespace muniment::foi {
namespace {

using support::ReleaseDesk;
using testing::HasSubstr;
using testing::Not;

Disclosure of_two_records() {
  Disclosure d;
  d.records = {53, 54};
  d.entries.resize(4);
  d.entries[0].kind = "genesis";
  d.entries[1].seq = 53;
  d.entries[1].fields = {{"tags", Whole{"S", {"leukaemia\n", "achterberg"}}},
                         {"text", Withheld{"D", "s40(2)"}}};
  d.entries[2].seq = 54;
  d.entries[2].fields = {{"text", Parts{{ShownSegment{"T", "Achter"}, WithheldSegment{"C", "s40(2)"},
                                         ShownSegment{"T", "berg"}}}},
                         {"url", Whole{"S", {"https://fund.example/%61chterberg"}}}};
  d.entries[3].seq = 55;
  d.entries[3].kind = "disclosure";
  d.entries[3].fields = {{"policy", Whole{"S", {"Scheme Achterberg"}}}};
  return d;
}

std::string told(const Disclosure& d, const std::vector<bundle::Finding>& in_files) {
  const bundle::Needles needles({{bundle::NeedleKind::kWords, "Achterberg", "record 53, field text"}});
  const auto refused = bundle::Gate::verdict_of(told_by_field(d, needles, {}, in_files));
  return refused ? std::string() : refused.error().what;
}

TEST(Refusal, NamesTheRecordsAndFieldsThatSayIt) {
  const auto what =
      told(of_two_records(), {{"data/bundle.json", "a withheld word", "record 53, field text", ""}});
  EXPECT_THAT(what, HasSubstr("a withheld word (record 53, field text) is in record 53, field tags"));
  EXPECT_THAT(what, HasSubstr("is in record 54, field url, after undoing escapes"));
  EXPECT_THAT(what, HasSubstr("is in the disclosure entry, field policy"));
  EXPECT_THAT(what, Not(HasSubstr("record 54, field text"))) << "a gap parts the words beside it";
  EXPECT_THAT(what, Not(HasSubstr("bundle.json")));
  EXPECT_THAT(what, Not(HasSubstr("chterberg")));
}

TEST(Refusal, NamesTheFileWhereNoFieldSaysIt) {
  auto d = of_two_records();
  d.entries.resize(1);
  EXPECT_THAT(told(d, {{"data/extra.txt", "a withheld word", "record 53, field text", ""}}),
              HasSubstr("is in data/extra.txt"));
}

TEST(Refusal, IsToldByAPreviewAsByTheRunItself) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Good morning."));
  Request typed;
  typed.withhold = {"author.*=s40(2)"};
  auto preview = desk.preview(typed);
  ASSERT_TRUE(preview.has_value()) << preview.error().what;
  EXPECT_FALSE(preview->refusal) << preview->refusal->what;
  desk.occasion.policy = "Scheme of Ottoline Marsh";
  const auto head = desk.ledger.reader().head()->size;
  preview = desk.preview(typed);
  ASSERT_TRUE(preview.has_value()) << preview.error().what;
  ASSERT_TRUE(preview->refusal);
  EXPECT_EQ(preview->plan.records.size(), 1U) << "the plan is told all the same";
  EXPECT_THAT(preview->refusal->what, HasSubstr("is in the disclosure entry, field policy"));
  const auto made = desk.disclose(typed);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().what, "nothing was recorded: " + preview->refusal->what);
  EXPECT_EQ(desk.ledger.reader().head()->size, head);
  EXPECT_FALSE(std::filesystem::exists(desk.folder()));
}

TEST(Refusal, DoesNotMeetAccountsThatAreCalledAsFilesAndLabelsOfABundleAre) {
  for (const auto* name : {"index", "bundle", "release", "data", "organization", "manifest", "bagit"}) {
    ReleaseDesk desk;
    desk.add(desk.post("1", name, "Ottoline Marsh", "Good morning."));
    Request typed;
    typed.withhold = {"author.*=s40(2)"};
    const auto made = desk.disclose(typed);
    EXPECT_TRUE(made.has_value()) << name << ": " << made.error().what;
  }
}

TEST(Refusal, MeetsAReferenceWithACharacterThatNobodySees) {
  ReleaseDesk desk;
  desk.add(desk.post("1", "ottoline", "Ottoline Marsh", "Good morning."));
  desk.occasion.request = "FOI/2026\u200B/7";
  const auto head = desk.ledger.reader().head()->size;
  const auto made = desk.disclose({});
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, Code::kInvalid);
  EXPECT_THAT(made.error().what, HasSubstr("cannot be seen"));
  EXPECT_EQ(desk.ledger.reader().head()->size, head);
}

}  // namespace
}  // namespace muniment::foi
