#include "collect/spellings.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/utf8.hpp"
#include "collect/secret_patterns.hpp"

namespace muniment::collect {
namespace {

std::string number(unsigned value, unsigned base, std::size_t digits) {
  std::string out;
  for (; value != 0 || out.size() < digits; value /= base)
    out.insert(out.begin(), "0123456789abcdef"[value % base]);
  return out;
}

std::string blotted(const SecretPatterns& secrets, std::string text) {
  const auto found = secrets.find(text);
  for (auto one = found.rbegin(); one != found.rend(); ++one)
    text.replace(one->begin, one->end - one->begin, "withheld");
  return text;
}

std::string blotted(std::string_view secret, std::string text) {
  SecretPatterns secrets;
  secrets.add(secret);
  return blotted(secrets, std::move(text));
}

// Writes some characters of a text otherwise, as the dice have it.
class Writer {
 public:
  explicit Writer(unsigned seed) : dice_(seed) {}

  std::size_t up_to(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(dice_); }

  std::string secret() {
    std::string out;
    const auto length = 8 + up_to(24);
    while (out.size() < length) {
      const auto kind = up_to(30);
      base::append_utf8(out, kind == 0   ? U'\u00e9'
                             : kind == 1 ? U'\U0001F600'
                             : kind < 12 ? static_cast<char32_t>("%\\&;=+#ux4\"/"[kind % 12])
                                         : static_cast<char32_t>(0x21 + up_to(0x7e - 0x21)));
    }
    return out.ends_with(';') ? out + '.' : out;
  }

  // One layer over some of its characters, all of them or none.
  std::string layer(std::string_view text) {
    const auto kind = up_to(5), share = up_to(4);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const auto from = at;
      const auto point = static_cast<unsigned>(base::next_code_point(text, at));
      const auto bytes = text.substr(from, at - from);
      out += up_to(3) < share ? one(kind, bytes, point) : std::string(bytes);
    }
    return out;
  }

 private:
  std::string one(std::size_t kind, std::string_view bytes, unsigned point) {
    std::string out;
    switch (kind) {
      case 0:
        for (const char c : bytes) out += "%" + number(static_cast<unsigned char>(c), 16, 2);
        return out;
      case 1:
        if (point < 0x10000) return "\\u" + number(point, 16, 4);
        return "\\u" + number(0xd800 + ((point - 0x10000) >> 10), 16, 4) + "\\u" +
               number(0xdc00 + ((point - 0x10000) & 0x3ff), 16, 4);
      case 2:
        return "&#" + number(point, 10, 1) + ";";
      case 3:
        return "&#x" + number(point, 16, 1) + ";";
      case 4:
        if (bytes == "\\" || bytes == "/" || bytes == "\"") return "\\" + std::string(bytes);
        if (bytes == "&") return "&amp;";
        return bytes == "+" ? "&plus;" : std::string(bytes);
      default:
        if (up_to(3) == 0) return (up_to(1) == 0 ? "=\r\n" : "=\n") + std::string(bytes);
        for (const char c : bytes) out += "=" + number(static_cast<unsigned char>(c), 16, 2);
        return out;
    }
  }

  std::mt19937 dice_;
};

TEST(Spellings, OfASecretAreFoundUnderAnyThreeLayersOverAnyOfItsCharacters) {
  Writer writer(3);
  for (int i = 0; i < 4'000; ++i) {
    const auto secret = writer.secret();
    auto text = secret;
    for (auto layers = writer.up_to(3); layers > 0; --layers) text = writer.layer(text);
    EXPECT_EQ(blotted(secret, "<" + text + ">"), "<withheld>") << secret << "\n" << text;
  }
}

TEST(Spellings, OfAnotherSecretAreNotTakenForThisOne) {
  Writer writer(5);
  for (int i = 0; i < 1'000; ++i) {
    const auto secret = writer.secret();
    auto other = secret;
    const auto at = writer.up_to(secret.size() - 1);
    if (static_cast<unsigned char>(other[at]) >= 0x80) continue;
    other[at] = other[at] == '~' ? '|' : '~';
    for (auto layers = writer.up_to(3); layers > 0; --layers) other = writer.layer(other);
    EXPECT_EQ(blotted(secret, "<" + other + ">"), "<" + other + ">") << secret;
  }
}

TEST(Spellings, MixOneRuleWithAnother) {
  for (const auto* text :
       {"open\\u00252fsesame", "open%5cu002fsesame", "open&amp;#37;2fsesame", "open%26%2347%3bsesame",
        "open=5Cu002fsesame", "o\\u0026#112;en/sesame", "open\\u003d2Fsesame"})
    EXPECT_EQ(blotted("open/sesame", text), "withheld") << text;
}

TEST(Spellings, OfOneKindMayBeAnyNumberOfLayersDeep) {
  std::string percent = "%2F", reference = "&#47;", backslash = "\\u002f";
  for (int layers = 1; layers <= 8; ++layers) {
    for (const auto& form : {percent, reference, backslash})
      EXPECT_EQ(blotted("open/sesame", "<open" + form + "sesame>"), "<withheld>") << form.substr(0, 40);
    percent.insert(1, "25");
    reference.insert(1, "amp;");
    backslash.insert(0, backslash.find('u'), '\\');
  }
}

TEST(Spellings, OfABrokenLineAreOfMailOnly) {
  EXPECT_EQ(blotted("open/sesame", "open/s=\r\nesame, open/s\r\nesame"), "withheld, open/s\r\nesame");
}

TEST(Spellings, ThatLeadNowhereCostNoMoreThanTheirLength) {
  // Readings that branch at each place: taken one by one there would be more than can be counted.
  for (const std::string_view piece :
       {"&#49", "&#0000000000000000049", "\\", "%25", "&amp;", "=\n", "=3d", "&#x0&#48", "\\\\u005c",
        "&#3&#56;", "amp;", "25", "%2525252525", "\\\\\\\\u", "&amp;amp;amp;amp;"}) {
    std::string text;
    while (text.size() < 60'000) text += piece;
    EXPECT_EQ(blotted("open/sesame", text), text) << piece;
  }
}

}  // namespace
}  // namespace muniment::collect
