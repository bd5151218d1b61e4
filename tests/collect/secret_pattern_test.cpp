#include "collect/secret_pattern.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/utf8.hpp"
#include "collect/credential.hpp"

namespace muniment::collect {
namespace {

std::string blotted(std::string_view secret, std::string text) {
  const auto credential = Credential::read("town", secret, "token");
  EXPECT_TRUE(credential) << secret;
  return credential ? credential->blotted(std::move(text)) : std::string();
}

std::string hex(unsigned value, std::size_t digits, bool upper) {
  std::string out;
  for (auto i = digits; i-- > 0;)
    out.push_back((upper ? "0123456789ABCDEF" : "0123456789abcdef")[value >> (4 * i) & 15]);
  return out;
}

// Writes some characters of a secret otherwise, as the dice have it.
class Writer {
 public:
  explicit Writer(unsigned seed) : dice_(seed) {}

  std::size_t up_to(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(dice_); }

  std::string secret() {
    std::string out;
    const auto length = 8 + up_to(up_to(3) == 0 ? 200 : 30);
    while (out.size() < length) {
      const auto kind = up_to(40);
      base::append_utf8(out, kind == 0   ? U'\u00e9'
                             : kind == 1 ? U'\u6c34'
                             : kind == 2 ? U'\U0001F600'
                                         : static_cast<char32_t>(0x21 + up_to(0x7e - 0x21)));
    }
    // Where it ends in ";", that of a reference before it may be taken for its own, and its own stays.
    return out.ends_with(';') ? out + '.' : out;
  }

  std::string written(std::string_view secret) {
    std::string out;
    for (std::size_t at = 0; at < secret.size();) {
      const auto from = at;
      const auto point = base::next_code_point(secret, at);
      out += one(secret.substr(from, at - from), point);
    }
    return out;
  }

 private:
  std::string one(std::string_view bytes, char32_t point) {
    const bool upper = up_to(1) != 0;
    const auto number = static_cast<unsigned>(point);
    std::string out;
    switch (up_to(6)) {
      case 0:
        for (const char c : bytes) out += "%" + hex(static_cast<unsigned char>(c), 2, upper);
        return out;
      case 1:
        if (number < 0x10000) return "\\u" + hex(number, 4, upper);
        return "\\u" + hex(0xd800 + ((number - 0x10000) >> 10), 4, upper) + "\\u" +
               hex(0xdc00 + ((number - 0x10000) & 0x3ff), 4, upper);
      case 2:
        return "&#" + std::string(up_to(3), '0') + std::to_string(number) + ";";
      case 3:
        return std::string(upper ? "&#X" : "&#x") + hex(number, 6 - up_to(1), upper) + ";";
      default:
        return std::string(bytes);
    }
  }

  std::mt19937 dice_;
};

TEST(ASecret, IsFoundWhicheverOfItsCharactersAreWrittenOtherwise) {
  Writer writer(7);
  for (int i = 0; i < 3'000; ++i) {
    const auto secret = writer.secret();
    if (secret.find("withheld") != std::string::npos) continue;
    const auto text = writer.written(secret);
    EXPECT_EQ(blotted(secret, "{\"a\":\"" + text + "\"}"), "{\"a\":\"withheld\"}") << secret << "\n" << text;
  }
}

TEST(ASecret, IsNotFoundWhereACharacterOfItIsMissing) {
  Writer writer(11);
  for (int i = 0; i < 1'000; ++i) {
    const auto secret = writer.secret();
    const auto at = writer.up_to(secret.size() - 1);
    const auto before = secret.substr(0, at), after = secret.substr(at + 1);
    if (!base::is_utf8(before) || !base::is_utf8(after)) continue;
    const std::string other = secret[at] == '~' ? "|" : "~";
    const auto text = "<" + writer.written(before) + other + writer.written(after) + ">";
    EXPECT_EQ(blotted(secret, text), text) << secret;
  }
}

TEST(ASecret, IsFoundUnderASecondLayerOfTheSameEscape) {
  const std::string_view secret = "open/se+same&42";
  for (const auto* text : {"open%252Fse%252bsame&amp;amp;42", "open\\\\u002fse+same\\\\u002642",
                           "open\\\\\\/se+same&42", "open&amp;#47;se&amp;plus;same&amp;amp;42",
                           "open&sol;se&plus;same&amp42", "%u006fpen/se+same\\x2642"})
    EXPECT_EQ(blotted(secret, "<" + std::string(text) + ">"), "<withheld>") << text;
  EXPECT_EQ(blotted("open \"sesame\"", "open+\\\\\\\"sesame%22, "), "withheld, ");
}

TEST(ASecret, MayItselfLookLikeAnEscape) {
  for (const auto* text : {"a%41b%63defg", "a%2541bcdefg", "a%2541b&#99;defg", "a&#37;41bcdefg"})
    EXPECT_EQ(blotted("a%41bcdefg", text), "withheld") << text;
  EXPECT_EQ(blotted("a%41bcdefg", "aAbcdefg"), "aAbcdefg") << "that is not what was shown";
}

TEST(ASecret, IsFoundBehindWhatItsFirstCharactersWouldComplete) {
  EXPECT_EQ(blotted("1secret8",
                    "%41s%65cret8 &#65"
                    "1secret&#56; \\u0041secret8"),
            "%4withheld &#65withheld \\u004withheld");
  EXPECT_EQ(blotted("secret8%4", "s%65cret8%41"), "withheld1");
}

TEST(ASecret, OfWhichPartsRepeatIsFoundInALongTextOfItsParts) {
  const std::string secret = std::string(3'000, 'a') + 'b';
  std::string text(200'000, 'a');
  EXPECT_EQ(blotted(secret, text), text);
  text += "%62";
  EXPECT_EQ(blotted(secret, text), std::string(197'000, 'a') + "withheld");
}

TEST(ASecret, ThatIsLongerThanAnyIsRefusedAndNotQuoted) {
  const auto refused = Credential::read("town", std::string(kLongestSecret + 1, 's'), "token");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what.find("sss"), std::string::npos);
  EXPECT_TRUE(Credential::read("town", std::string(kLongestSecret, 's'), "token"));
}

}  // namespace
}  // namespace muniment::collect
