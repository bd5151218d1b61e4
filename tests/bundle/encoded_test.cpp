#include "bundle/encoded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.hpp"

namespace muniment::bundle {
namespace {

using testing::Contains;

// All that the tokens of a text may say.
std::vector<std::string> said_by(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& token : encoded_tokens(text))
    for (const bool hex : {false, true})
      if (!hex || token.hex)
        for (auto& decoded : decodings(text.substr(token.begin, token.end - token.begin), hex))
          out.push_back(std::move(decoded));
  return out;
}

const std::string kWord = "Featherstonehaugh";
const std::string kHex = base::to_hex(kWord);

TEST(EncodedTokens, HexadecimalIsFoundWithinWhatCouldBeBase64) {
  for (const auto& text : {"img_" + kHex + ".png", kHex + "-large", "x/" + kHex + "/y"})
    EXPECT_THAT(said_by(text), Contains(kWord)) << text;
}

TEST(EncodedTokens, ALineAfterLongLinesIsATokenOfItsOwnToo) {
  const std::string line(76, 'C');
  for (const std::string between : {"\n", "\n\n", "\r\n"}) {
    EXPECT_THAT(said_by(line + between + kHex + between + line + "xyz"), Contains(kWord));
    EXPECT_THAT(said_by(line + between + base::to_base64(kWord)), Contains(testing::StartsWith(kWord)));
  }
}

TEST(EncodedTokens, LinesAreOneTokenTogether) {
  const auto whole = base::to_base64(std::string(50, ' ') + kWord);
  EXPECT_THAT(said_by(whole.substr(0, 76) + "\n" + whole.substr(76)), Contains(testing::HasSubstr(kWord)));
}

}  // namespace
}  // namespace muniment::bundle
