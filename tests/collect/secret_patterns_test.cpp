#include "collect/secret_patterns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "base/bytes.hpp"

namespace muniment::collect {
namespace {

std::string blotted(const SecretPatterns& secrets, std::string text) {
  const auto found = secrets.find(text);
  for (auto one = found.rbegin(); one != found.rend(); ++one)
    text.replace(one->begin, one->end - one->begin, "withheld");
  return text;
}

std::string for_addresses(std::string base64) {
  std::ranges::replace(base64, '+', '-');
  std::ranges::replace(base64, '/', '_');
  while (base64.ends_with('=')) base64.pop_back();
  return base64;
}

TEST(ASecretInBase64, IsFoundWhateverStandsAroundIt) {
  std::mt19937 dice(9);
  const auto bytes = [&](std::size_t count) {
    std::string out;
    while (out.size() < count) out.push_back(static_cast<char>(dice() & 0xff));
    return out;
  };
  for (std::size_t i = 0; i < 600; ++i) {
    const auto secret = bytes(8 + i % 30);
    const auto before = bytes(i % 7), behind = bytes(i / 7 % 5);
    SecretPatterns secrets;
    secrets.add(secret);
    for (const auto& text : {base::to_base64(before + secret + behind),
                             for_addresses(base::to_base64(before + secret + behind))}) {
      const auto first = before.size() * 8 / 6;
      const auto last = ((before.size() + secret.size()) * 8 + 5) / 6;
      EXPECT_EQ(blotted(secrets, text), text.substr(0, first) + "withheld" + text.substr(last)) << i;
    }
  }
}

TEST(ASecretInBase64, IsFoundWhereItsSignsAreEscaped) {
  const std::string secret = "\xfb\xff\xbe~~~sesame??";
  const auto form = base::to_base64(secret);
  ASSERT_TRUE(form.find('+') != std::string::npos && form.find('/') != std::string::npos) << form;
  std::string percent, json;
  for (const char c : form) {
    percent += c == '+' ? "%2B" : c == '/' ? "%2F" : std::string(1, c);
    json += c == '+' ? "\\u002b" : c == '/' ? "\\/" : std::string(1, c);
  }
  SecretPatterns secrets;
  secrets.add(secret);
  EXPECT_EQ(blotted(secrets, "<" + percent + ">").substr(0, 9), "<withheld");
  EXPECT_EQ(blotted(secrets, "<" + json + ">").substr(0, 9), "<withheld");
}

TEST(ASecretInBase64, IsFoundWhereItsLinesAreBroken) {
  const std::string secret = "open/sesame and a long way more of it, so that several lines are needed";
  for (const std::string_view end :
       {"\n", "\r\n", "\r\n\t", "\n    ", "\\n", "\\r\\n", "%0A", "%0D%0A", "&#10;"})
    for (const std::size_t width : {1U, 4U, 7U, 20U, 76U})
      for (const std::string before : {"", "user:", "a longer beginning, which is kept"}) {
        const auto form = base::to_base64(before + secret);
        std::string broken;
        for (std::size_t at = 0; at < form.size(); at += width)
          broken += (at == 0 ? "" : std::string(end)) + form.substr(at, width);
        SecretPatterns secrets;
        secrets.add(secret);
        const auto out = blotted(secrets, "<" + broken + ">");
        EXPECT_NE(out.find("withheld"), std::string::npos) << end << width;
        EXPECT_LT(out.size(), 2 + 8 + before.size() * 2 * (1 + end.size()) + 20) << out;
      }
  SecretPatterns secrets;
  secrets.add("open/sesame");
  const std::string blanks(100'000, ' ');
  EXPECT_EQ(blotted(secrets, blanks + "b3Bl" + blanks), blanks + "b3Bl" + blanks);
}

TEST(ASecretInBase64, IsNotSeenInOther) {
  SecretPatterns secrets;
  secrets.add("open/sesame");
  for (const auto* other : {"open/sesam", "Open/sesame", "open/sesane"}) {
    const auto text = base::to_base64(std::string("Basic ann:") + other + "!");
    EXPECT_EQ(blotted(secrets, text), text) << other;
  }
}

TEST(SecretPatterns, FindEachOfManySecrets) {
  SecretPatterns secrets;
  std::string text, expected;
  for (int i = 0; i < 200; ++i) {  // a session's token is another one after each renewal
    const auto secret = "token-number-" + std::to_string(1000 + i);
    secrets.add(secret);
    text += secret + " ";
    expected += "withheld ";
  }
  EXPECT_EQ(blotted(secrets, text), expected);
  EXPECT_EQ(blotted(SecretPatterns(), text), text);
}

TEST(SecretPatterns, AreStillThereAfterAMove) {
  SecretPatterns secrets;
  secrets.add("open/sesame");
  const auto moved = std::move(secrets);
  EXPECT_EQ(blotted(moved, "<open%2fsesame>"), "<withheld>");
}

}  // namespace
}  // namespace muniment::collect
