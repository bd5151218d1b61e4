// The ledger's encoder and the verifier's, which share no code, on bodies that chance made: both must say
// what docs/formats/entry.md says, read here once more in the plainest way.
#include <gtest/gtest.h>

#include <random>

#include "base/sha256.hpp"
#include "ledger/commitment.hpp"
#include "ledger/packed_body.hpp"
#include "schema/schema.hpp"
#include "verify/commitment.hpp"
#include "verify/leaf.hpp"
#include "verify/packed_body.hpp"

namespace muniment::verify {
namespace {

std::string big_endian(std::uint64_t value, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
  return out;
}

std::string h(char domain, const std::string& rest) {
  return std::string(base::view(base::sha256(domain + rest)));
}

std::string plainly(const base::Secret& secret, std::uint64_t seq, const records::Body& body) {
  std::string all = big_endian(body.size(), 2);
  for (std::size_t j = 0; j < body.size(); ++j) {
    const auto seed = h(0x20, std::string(base::view(secret)) + big_endian(seq, 8) + big_endian(j, 2));
    const auto count = records::segment_count(body[j]);
    std::string commitments = big_endian(count, 4);
    for (std::size_t i = 0; i < count; ++i)
      commitments += h(0x10, h(0x21, seed + big_endian(i, 4)) + std::string(records::segment(body[j], i)));
    all += static_cast<char>(body[j].name.size()) + body[j].name + h(0x11, commitments);
  }
  return h(0x12, all);
}

class Chance {
 public:
  std::size_t below(std::size_t end) { return random_() % end; }
  std::string text(std::size_t most) {
    std::string out(below(most + 1), ' ');
    for (auto& c : out) c = static_cast<char>('!' + below(90));
    return out;
  }
  base::Secret secret() {
    base::Secret out;
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random_());
    return out;
  }
  // Sizes around the blocks of SHA-256, and now and then far beyond them.
  records::Body body() {
    records::Body out;
    const std::size_t fields = 1 + below(below(10) == 0 ? 300 : 20);
    for (std::size_t j = 0; j < fields; ++j) {
      records::Field field;
      field.name = "f" + std::to_string(1000 + j) + std::string(below(59), 'x');
      field.value = text(below(8) == 0 ? 5000 : 130);
      for (std::uint32_t at = 0; below(3) != 0 && at < field.value.size();) {
        at += static_cast<std::uint32_t>(below(40));
        if (at < field.value.size()) field.cuts.push_back(at);
      }
      out.push_back(std::move(field));
    }
    return out;
  }

 private:
  std::mt19937_64 random_{20261122};
};

TEST(Agreement, BothEncodersCommitAsTheFormatSaysToBodiesThatChanceMade) {
  Chance chance;
  BodyCommitter committer;
  for (int round = 0; round < 60; ++round) {
    const std::size_t many = 1 + chance.below(20);
    std::vector<records::Body> bodies;
    std::vector<ledger::CommitJob> jobs;
    std::vector<OpenBody> opened(many);
    std::vector<CommitterJob> others;
    bodies.reserve(many);
    for (std::size_t i = 0; i < many; ++i) {
      bodies.push_back(chance.body());
      jobs.push_back({chance.secret(), chance.below(1U << 30U), &bodies.back()});
      ledger::pack(bodies.back(), opened[i].bytes);
      std::string why;
      ASSERT_TRUE(unpack(opened[i], why)) << why;
    }
    for (std::size_t i = 0; i < many; ++i) others.push_back({&jobs[i].secret, jobs[i].seq, opened[i].fields});
    const auto ours = ledger::body_commitments(jobs);
    const auto theirs = committer.commit(others);
    ASSERT_EQ(ours.size(), many);
    ASSERT_EQ(theirs.size(), many);
    for (std::size_t i = 0; i < many; ++i) {
      const auto plain = plainly(jobs[i].secret, jobs[i].seq, bodies[i]);
      EXPECT_EQ(base::view(ours[i]), plain) << round << ", body " << i << " of " << many;
      EXPECT_EQ(base::view(theirs[i]), plain) << round << ", body " << i << " of " << many;
    }
  }
}

TEST(Agreement, WhatOneSealsTheOtherOpens) {
  Chance chance;
  ledger::BodySealer sealer;
  BodyOpener opener(schema::dictionary_1_zdict);
  for (int round = 0; round < 200; ++round) {
    const auto body = chance.body();
    const auto secret = chance.secret();
    const auto seq = chance.below(1U << 30U);
    const auto sealed = sealer.seal(secret, seq, body);
    OpenBody open;
    std::string why;
    ASSERT_EQ(opener.open(secret, seq, sealed, open, why), Unsealing::kOpened) << why;
    ASSERT_EQ(open.fields.size(), body.size());
    for (std::size_t j = 0; j < body.size(); ++j) {
      EXPECT_EQ(open.fields[j].name, body[j].name);
      EXPECT_EQ(open.fields[j].value, body[j].value);
      EXPECT_EQ(open.fields[j].lengths.size(), records::segment_count(body[j]));
    }
    EXPECT_EQ(opener.open(secret, seq + 1, sealed, open, why), Unsealing::kSealBroken);
  }
}

TEST(Agreement, ALeafIsWrittenAlikeByBothAndReadBack) {
  Chance chance;
  const std::string origin = "archive.wexcombe.example/muniment/1";
  LeafWriter writer(origin);
  for (int round = 0; round < 2000; ++round) {
    ledger::Entry entry;
    entry.seq = chance.below(round % 2 == 0 ? 1000 : std::size_t{1} << 62U);
    // From the year 0000 to 9999, which is all a leaf can say.
    constexpr std::int64_t kFirst = -62'167'219'200'000, kLast = 253'402'300'799'999;
    const auto milliseconds =
        kFirst + static_cast<std::int64_t>(chance.below(static_cast<std::size_t>(kLast - kFirst + 1)));
    entry.time = base::Time{std::chrono::milliseconds{milliseconds}};
    entry.kind = round % 3 == 0 ? "genesis" : "edit-seen";
    entry.root = chance.secret();
    entry.commitment = chance.secret();
    const auto text = ledger::leaf_text(origin, entry);
    EXPECT_EQ(writer.write(entry.seq, milliseconds, entry.kind, entry.root, entry.commitment), text);
    std::string why;
    const auto leaf = parse_leaf(text, why);
    ASSERT_TRUE(leaf) << why << "\n" << text;
    EXPECT_EQ(leaf->seq, entry.seq);
    EXPECT_EQ(leaf->time, milliseconds);
    EXPECT_EQ(leaf->root, entry.root);
    EXPECT_EQ(leaf->commitment, entry.commitment);
  }
}

}  // namespace
}  // namespace muniment::verify
