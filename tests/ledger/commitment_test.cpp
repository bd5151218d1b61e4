#include "ledger/commitment.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "ledger/tree.hpp"

namespace muniment::ledger {
namespace {

std::string unhex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return out;
}

TEST(Commitment, AgreesWithTheReferenceEntry) {
  const std::string path = std::string(MUNIMENT_SHARED_DIR) + "/data/vectors/reference/entry42.json";
  std::ifstream file(path);
  if (!file) GTEST_SKIP() << "the reference vectors are not beside this checkout";
  std::stringstream text;
  text << file.rdbuf();
  const auto known = boost::json::parse(text.str()).as_object();
  const auto secret = *base::as_hash(unhex(known.at("secret").as_string()));
  records::Body body;
  for (const auto& [name, value] : known.at("fields").as_object())
    body.push_back({std::string(name), std::string(value.as_string()), {}});
  std::sort(body.begin(), body.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  auto& shown = body.back();
  ASSERT_EQ(shown.name, "text");
  std::uint32_t at = 0;
  for (const auto& piece : known.at("segments_text").as_array()) {
    if (at > 0) shown.cuts.push_back(at);
    at += static_cast<std::uint32_t>(piece.as_string().size());
  }
  ASSERT_EQ(body.front().value, "@user42");
  body.front().cuts = {1};  // its writer cut the handle in two; where to cut is the writer's choice
  for (std::uint16_t j = 0; j < body.size(); ++j) {
    const auto seed = field_seed(secret, 42, j);
    EXPECT_EQ(base::to_hex(seed), known.at("field_seeds").at(body[j].name).as_string());
    EXPECT_EQ(base::to_hex(field_digest(seed, body[j])),
              known.at("field_digests").at(body[j].name).as_string());
  }
  const auto commitment = body_commitment(secret, 42, body);
  EXPECT_EQ(base::to_hex(commitment), known.at("body_commitment").as_string());
}

TEST(Commitment, AWordMovedOverACutChangesIt) {
  const base::Secret secret{};
  const records::Body one = {{"text", "ab", {1}}};
  const records::Body other = {{"text", "ab", {}}};
  EXPECT_NE(body_commitment(secret, 0, one), body_commitment(secret, 0, other));
}

TEST(Commitment, TheSameBodyUnderAnotherNumberOrSecretIsAnother) {
  const records::Body body = {{"text", "same", {}}};
  base::Secret other{};
  other[0] = 1;
  EXPECT_NE(body_commitment({}, 0, body), body_commitment({}, 1, body));
  EXPECT_NE(body_commitment({}, 0, body), body_commitment(other, 0, body));
}

TEST(Commitment, TheTwoWaysToAFieldDigestAgree) {
  const base::Hash seed{};
  const records::Field field{"text", "one two three", {4, 8}};
  std::vector<base::Hash> commitments;
  for (std::uint32_t i = 0; i < 3; ++i)
    commitments.push_back(segment_commitment(segment_salt(seed, i), records::segment(field, i)));
  EXPECT_EQ(field_digest(seed, field), field_digest(commitments));
}

}  // namespace
}  // namespace muniment::ledger
