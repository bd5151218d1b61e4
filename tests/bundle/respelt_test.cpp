// The same word in other letters, in pieces, and the same number in other groups.
#include <gtest/gtest.h>

#include "bundle/gate.hpp"
#include "bundle/plain_letters.hpp"

namespace muniment::bundle {
namespace {

bool sees(const std::string& withheld, const std::string& shown, const std::string& lawful = "",
          NeedleKind kind = NeedleKind::kWords) {
  Needles needles({{kind, withheld, "record 3, field text"}});
  if (!lawful.empty()) needles.allow(lawful);
  const Opaque none;
  Gate gate(needles, none);
  gate.look_at("data/page.html", "<p>" + shown + "</p>\n");
  return !gate.findings().empty();
}

// Each is the same as each other.
void expect_same(const std::vector<std::string>& spellings) {
  for (const auto& withheld : spellings)
    for (const auto& shown : spellings) EXPECT_TRUE(sees(withheld, shown)) << withheld << " as " << shown;
}

void expect_other(const std::string& withheld, const std::string& shown) {
  EXPECT_FALSE(sees(withheld, shown)) << withheld << " as " << shown;
  EXPECT_FALSE(sees(shown, withheld)) << shown << " as " << withheld;
}

TEST(GateRespelt, FindsATelephoneNumberHoweverItIsGrouped) {
  expect_same({"07700900123", "07700 900 123", "07700-900-123", "(07700) 900123", "+44 7700 900123",
               "+447700900123", "0044 7700 900123", "+44 (0)7700 900 123", "077 009 001 23",
               "0 7 7 0 0 9 0 0 1 2 3", "07700\u00A0900\u2011123", "07700/900.123"});
  EXPECT_TRUE(sees("ring 07700 900123 after six", "tel:+447700900123")) << "inside a longer text";
  EXPECT_TRUE(sees("07700900123", "in 2024 on 07700 900123, 9 to 5")) << "between other numbers";
  EXPECT_TRUE(sees("07700900123", "%2B44%207700%20900123")) << "in escapes";
  expect_other("07700900123", "07700 900 124");
  expect_other("07700 900 123", "07700 900 456");
}

TEST(GateRespelt, FindsDigitsOfOtherScripts) {
  expect_same({"07700900123", "٠٧٧٠٠ ٩٠٠ ١٢٣", "０７７００９００１２３", "۰۷۷۰۰۹۰۰۱۲۳"});
}

TEST(GateRespelt, FindsAccountAndReferenceNumbersHoweverTheyAreGrouped) {
  expect_same({"12345678", "1234 5678", "12-34-56-78", "12,345,678"});
  expect_same({"QQ123456C", "QQ 12 34 56 C", "qq 123456 c", "QQ-12-34-56-C"});
  expect_same({"SW1A1AA", "SW1A 1AA", "sw1a-1aa"});
  expect_same({"GB29NWBK60161331926819", "GB29 NWBK 6016 1331 9268 19"});
  EXPECT_TRUE(sees("my number is QQ 12 34 56 C, thanks", "QQ123456C"));
}

TEST(GateRespelt, LeavesDatesYearsAndSmallNumbersToTheirGroups) {
  EXPECT_FALSE(sees("20261124", "2026-11-24"));
  EXPECT_FALSE(sees("241126", "24/11/26"));
  EXPECT_FALSE(sees("20242025", "2024/2025"));
  EXPECT_FALSE(sees("12345", "12 345"));
  EXPECT_FALSE(sees("123456", "12, 34, 56"));
  EXPECT_FALSE(sees("room12", "room 12"));
  EXPECT_FALSE(sees("there is 123 in", "is123in"));
  EXPECT_FALSE(sees("it was open on 12 May 2026 from 10", "12May2026"));
  EXPECT_FALSE(sees("it was read on 2026-11-24 by us", "20261124"));
  EXPECT_TRUE(sees("123456", "34 56 12-34-56")) << "that is no date";
}

TEST(GateRespelt, DoesNotRegroupTheNumberOfAnItem) {
  const Needles needles({{NeedleKind::kWords, "12345678", "record 3, field url", true}});
  const Opaque none;
  Gate gate(needles, none);
  gate.look_at("data/a.txt", "1234 5678");
  EXPECT_TRUE(gate.findings().empty());
  gate.look_at("data/b.txt", "12345678");
  EXPECT_EQ(gate.findings().size(), 1U);
}

TEST(GateRespelt, FindsAWordWithoutItsAccents) {
  expect_same({"Zoë", "Zoe", "ZOË", "Zoe\u0308"});
  expect_same({"Łukasz", "Lukasz"});
  expect_same({"Großmann", "Grossmann", "GROẞMANN"});
  expect_same({"Sørensen", "Sorensen"});
  expect_same({"Œuvrard", "Oeuvrard"});
  expect_same({"O\u0301scar Nu\u0308n\u0303ez", "Oscar Nunez", "Óscar Nüñez"});
  expect_same({"Griffin", "Gri\uFB03n"});
  EXPECT_TRUE(sees("zoë_marsh", "@zoe_marsh", "", NeedleKind::kHandle));
  expect_other("là", "la");
  expect_other("दिल", "दल");
}

TEST(GateRespelt, FindsAWordInLettersThatLookTheSame) {
  EXPECT_TRUE(sees("Peacock", "Реасосk")) << "Cyrillic but for one";
  EXPECT_TRUE(sees("Pace", "Расе")) << "all Cyrillic";
  EXPECT_TRUE(sees("Nora", "Νοrα")) << "Greek";
  EXPECT_TRUE(sees("Nora", "Ｎｏｒａ")) << "full width";
  EXPECT_TRUE(sees("Nora", "𝓝𝓸𝓻𝓪")) << "mathematical";
  EXPECT_TRUE(sees("Nora", "ɴᴏʀᴀ")) << "small capitals";
  EXPECT_TRUE(sees("Nora", "🅝🅞🅡🅐")) << "boxed";
  EXPECT_TRUE(sees("Nora", "Ⓝⓞⓡⓐ")) << "circled";
  expect_other("тор", "top");
  EXPECT_TRUE(sees("Алёна", "Алена"));
}

TEST(GateRespelt, FindsAWordLetterByLetter) {
  for (const std::string shown : {"S m i t h", "S.m.i.t.h", "S-m-i-t-h", "S_m_i_t_h", "s. m. i. t. h.",
                                  "S*m*i*t*h", "S\nm\ni\nt\nh", "I am M r S m i t h", "Ѕ m і t h",
                                  "S\u200B m\u200B i\u200B t\u200B h", "S&nbsp;m&nbsp;i&nbsp;t&nbsp;h"})
    EXPECT_TRUE(sees("Smith", shown)) << shown;
  EXPECT_TRUE(sees("Zoë", "Z o e"));
  EXPECT_FALSE(sees("and", "A N D Y")) << "a short word among other single letters";
  EXPECT_FALSE(sees("Smith", "S (m) i = t @ h"));
}

TEST(GateRespelt, FindsAWordThatIsCut) {
  for (const std::string shown :
       {"Feather-\nstonehaugh", "Feather-\r\n   stonehaugh", "Feather\u2010\nstonehaugh",
        "Feather\u00AD\nstonehaugh", "Feather-stonehaugh", "Fea-\nther-\nstonehaugh",
        "Feather\u200Bstonehaugh", "Feather&shy;stonehaugh", "Feather<wbr>stonehaugh",
        "Feather-<br>stonehaugh"})
    EXPECT_TRUE(sees("Featherstonehaugh", shown)) << shown;
  EXPECT_TRUE(sees("Featherstonehaugh", R"({"v":"Feather-\nstonehaugh"})"));
  EXPECT_TRUE(sees("Oonagh Featherstonehaugh", "dear Oonagh Feather-\n  stone-\nhaugh, hello"))
      << "in a row of words";
  EXPECT_FALSE(sees("coop", "co-op")) << "too short to be told from another word";
  EXPECT_FALSE(sees("Featherstonehaugh", "Feather - stonehaugh"));
}

TEST(GateRespelt, FindsAWordWithMarkUpInside) {
  for (const std::string shown : {"Har**row**", "H**arrow**", "Har_row_", "Har*row*", "Ha~~rr~~ow",
                                  "Har`row`", "Har\\*row", "__Har__row"})
    EXPECT_TRUE(sees("Harrow", shown)) << shown;
  EXPECT_TRUE(sees("Pike", "Mr P**ike**"));
  EXPECT_TRUE(sees("Harrow", R"({"v":"Har**row**"})"));
  EXPECT_TRUE(sees("Olwen Harrow", "dear Olwen Har**row**, hello")) << "in a row of words";
  EXPECT_FALSE(sees("Harrow", "Har ** row"));
  EXPECT_FALSE(sees("Harrow", "Har*********row")) << "that is no mark-up";
}

TEST(GateRespelt, FindsATelephoneNumberThatIsTheNameOfAnAccount) {
  for (const std::string shown : {"07700900123", "07700 900 123", "tel:+447700900123", "wa.me/447700900123"})
    EXPECT_TRUE(sees("+44 7700 900123", shown, "", NeedleKind::kHandle)) << shown;
  EXPECT_FALSE(sees("olwen123456", "olwen 123 456", "", NeedleKind::kHandle));
}

TEST(GateRespelt, FindsAUuidWithItsDashesAndWithout) {
  expect_same({"0b7e2f4a-1c2d-4e3f-8a9b-0c1d2e3f4a5b", "0b7e2f4a1c2d4e3f8a9b0c1d2e3f4a5b",
               "0B7E2F4A1C2D4E3F8A9B0C1D2E3F4A5B"});
  EXPECT_TRUE(sees("https://social.example/objects/0b7e2f4a-1c2d-4e3f-8a9b-0c1d2e3f4a5b",
                   "https://x.example/0b7e2f4a1c2d4e3f8a9b0c1d2e3f4a5b/a", "", NeedleKind::kUrl));
  expect_other("0b7e2f4a-1c2d-4e3f-8a9b-0c1d2e3f4a5b", "0b7e2f4a1c2d4e3f8a9b0c1d2e3f4a5c");
}

TEST(GateRespelt, PassesWhatIsLawfullyShownInThatSpelling) {
  EXPECT_FALSE(sees("Zoë", "Zoe", "Zoe was here"));
  EXPECT_TRUE(sees("Zoë", "Zoë", "Zoe was here")) << "as it is spelt it is not";
  EXPECT_FALSE(sees("Smith", "S m i t h", "a smith"));
  EXPECT_FALSE(sees("07700 900 123", "+44 7700 900123", "call 07700-900123")) << "in none of its forms";
  EXPECT_FALSE(sees("Featherstonehaugh", "Feather-stonehaugh", "Feather-\nstonehaugh"));
}

TEST(GateRespelt, SaysHowTheWordIsSpelt) {
  const Needles needles({{NeedleKind::kWords, "Zoë", "record 3, field text"}});
  const Opaque none;
  Gate gate(needles, none);
  gate.look_at("data/a.txt", "Zoe");
  gate.look_at("data/b.txt", "Zoë");
  gate.look_at("data/c.txt", "&#90;oe");
  gate.look_at("data/d.txt", "&amp;#90;o\u00EB");
  ASSERT_EQ(gate.findings().size(), 4U);
  EXPECT_EQ(gate.findings()[0].how, "spelt in another way");
  EXPECT_EQ(gate.findings()[1].how, "as it stands");
  EXPECT_EQ(gate.findings()[2].how, "after undoing escapes, spelt in another way");
  EXPECT_EQ(gate.findings()[3].how, "after undoing escapes");
}

TEST(GateRespelt, LeavesAWordThatIsShownOutOfTheLiveOnes) {
  Needles needles({{NeedleKind::kWords, "Zoë", "1"}, {NeedleKind::kWords, "Nora", "2"}});
  needles.allow("Zoe");
  auto live = needles.live();
  ASSERT_EQ(live.size(), 2U);
  EXPECT_TRUE(live[0].as_spelt);
  EXPECT_FALSE(live[1].as_spelt);
  needles.allow("nora and zoë");
  EXPECT_TRUE(needles.live().empty());
}

TEST(GateRespelt, IsBoundedOnSingleLettersAndDigitsWithoutEnd) {
  std::string shown;
  for (int i = 0; i < 60'000; ++i) shown += i % 2 == 0 ? "a " : "1-";
  EXPECT_FALSE(sees("Featherstonehaugh 07700900123", shown));
}

TEST(PlainLetters, AreThoseOfAHastyWriter) {
  EXPECT_EQ(plain_letters("Łódź"), U"lodz");
  EXPECT_EQ(plain_letters("Straße"), U"strasse");
  EXPECT_EQ(plain_letters("ﬁnd"), U"find");
  EXPECT_EQ(plain_letters("İstanbul"), U"istanbul");
  EXPECT_EQ(plain_letters("مُحَمَّد"), plain_letters("محمد"));
  EXPECT_EQ(plain_letters(""), U"");
  EXPECT_EQ(plain_letters("\xFF"), U"\uFFFD");
}

}  // namespace
}  // namespace muniment::bundle
