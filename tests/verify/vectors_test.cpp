// Known answers: our own (tests/vectors, made by another program from the format pages) and, where they
// are present, those of others.
#include <gmock/gmock.h>

#include <fstream>
#include <span>

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "support/shared_data.hpp"
#include "support/temp_folder.hpp"
#include "verify/bundle.hpp"
#include "verify/commitment.hpp"
#include "verify/json.hpp"
#include "verify/leaf.hpp"
#include "verify/note.hpp"
#include "verify/packed_body.hpp"
#include "verify/policy.hpp"
#include "verify/tree.hpp"

namespace muniment::verify {
namespace {

namespace fs = std::filesystem;
using support::contents;

const fs::path kOwn = fs::path(MUNIMENT_SOURCE_DIR) / "tests" / "vectors";

Json read(const fs::path& path) {
  auto json = parse_json(contents(path));
  if (!json) throw std::runtime_error(path.string() + ": " + json.error().what);
  return *json;
}

const Json& at(const Json& object, std::string_view name) {
  const Json* value = object.find(name);
  if (value == nullptr) throw std::runtime_error("no " + std::string(name));
  return *value;
}

std::vector<base::Hash> hashes(const Json& list) {
  std::vector<base::Hash> out;
  for (const auto& item : list.items) out.push_back(base::hash_from_base64(item.text).value());
  return out;
}

std::string unhex(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return out;
}

base::Hash hash_of_hex(const std::string& hex) {
  return base::as_hash(unhex(hex)).value();
}

struct OwnedFields {
  std::vector<std::vector<std::uint32_t>> lengths;
  std::vector<std::string> names, values;
  std::vector<FieldView> views;
};

OwnedFields own_fields(const Json& fields) {
  OwnedFields out;
  for (const auto& [name, segments] : fields.members) {
    out.names.push_back(name);
    std::string value;
    std::vector<std::uint32_t> lengths;
    for (const auto& segment : segments.items) {
      value += segment.text;
      lengths.push_back(static_cast<std::uint32_t>(segment.text.size()));
    }
    out.values.push_back(value);
    out.lengths.push_back(lengths);
  }
  for (std::size_t j = 0; j < out.names.size(); ++j)
    out.views.push_back({out.names[j], out.values[j], out.lengths[j]});
  return out;
}

TEST(OwnVectors, EveryValueFromTheWordsToTheLeaf) {
  const Json entry = read(kOwn / "entry.json");
  const auto fields = own_fields(at(entry, "fields"));
  const auto secret = hash_of_hex(at(entry, "secret").text);
  for (const auto& [name, value] : at(entry, "values").members) {
    const auto seed = hash_of_hex(at(value, "seed").text);
    std::vector<base::Hash> commitments;
    for (std::uint32_t i = 0; i < at(value, "salts").items.size(); ++i) {
      const auto salt = segment_salt(seed, i);
      EXPECT_EQ(base::to_hex(salt), at(value, "salts").items[i].text);
      commitments.push_back(segment_commitment(salt, at(at(entry, "fields"), name).items[i].text));
      EXPECT_EQ(base::to_hex(commitments.back()), at(value, "commitments").items[i].text);
    }
    EXPECT_EQ(base::to_hex(field_digest(commitments)), at(value, "digest").text);
  }
  BodyCommitter committer;
  EXPECT_EQ(base::to_hex(committer.commit(secret, at(entry, "seq").number, fields.views)),
            at(entry, "body_commitment").text);
  OpenBody body;
  body.bytes = unhex(at(entry, "packed").text);
  std::string why;
  ASSERT_TRUE(unpack(body, why)) << why;
  EXPECT_EQ(base::to_hex(committer.commit(secret, 5, body.fields)), at(entry, "body_commitment").text);
  EXPECT_EQ(base::to_hex(base::leaf_hash(at(entry, "leaf").text)), at(entry, "leaf_hash").text);
}

TEST(OwnVectors, LeavesAreReadAndWrittenAlike) {
  const std::string text = at(read(kOwn / "entry.json"), "leaf").text;
  std::string why;
  const auto leaf = parse_leaf(text, why);
  ASSERT_TRUE(leaf) << why;
  EXPECT_EQ(LeafWriter(leaf->origin).write(leaf->seq, leaf->time, leaf->kind, leaf->root, leaf->commitment),
            text);
}

TEST(OwnVectors, TreesAndEveryProofInThem) {
  const Json tree = read(kOwn / "tree.json");
  const auto leaves = hashes(at(tree, "leaves"));
  const auto roots = hashes(at(tree, "roots"));
  GrowingTree growing;
  for (std::size_t n = 0; n <= leaves.size(); ++n) {
    EXPECT_EQ(growing.root(), roots[n]);
    if (n < leaves.size()) growing.add(leaves[n]);
  }
  for (const auto& proof : at(tree, "inclusion").items) {
    const auto index = at(proof, "index").number;
    const auto size = at(proof, "size").number;
    auto path = hashes(at(proof, "proof"));
    EXPECT_TRUE(includes(leaves[index], index, size, roots[size], path));
    EXPECT_FALSE(includes(leaves[index], index + 1, size, roots[size], path));
    EXPECT_FALSE(includes(leaves[(index + 1) % leaves.size()], index, size, roots[size], path));
    for (auto& step : path) {
      step[0] ^= 1;
      EXPECT_FALSE(includes(leaves[index], index, size, roots[size], path));
      step[0] ^= 1;
    }
    path.push_back(roots[1]);
    EXPECT_FALSE(includes(leaves[index], index, size, roots[size], path));
  }
  for (const auto& proof : at(tree, "consistency").items) {
    const auto old = at(proof, "old").number;
    const auto size = at(proof, "size").number;
    auto path = hashes(at(proof, "proof"));
    EXPECT_TRUE(is_consistent(old, roots[old], size, roots[size], path));
    EXPECT_FALSE(is_consistent(old, roots[old - 1], size, roots[size], path));
    EXPECT_FALSE(is_consistent(old, roots[old], size, roots[0], path));
    for (auto& step : path) {
      step[31] ^= 0x80;
      EXPECT_FALSE(is_consistent(old, roots[old], size, roots[size], path));
      step[31] ^= 0x80;
    }
    path.push_back(roots[1]);
    EXPECT_FALSE(is_consistent(old, roots[old], size, roots[size], path));
  }
}

TEST(OwnVectors, NotesGoodFalseUnsignedAndMalformed) {
  const Json notes = read(kOwn / "notes.json");
  const std::vector<VerifierKey> keys = {parse_vkey(at(notes, "log").text).value(),
                                         parse_vkey(at(notes, "witness").text).value()};
  for (const auto& [what, text] : at(notes, "good").members) {
    const auto note = parse_note(text.text);
    ASSERT_TRUE(note) << what;
    EXPECT_EQ(note->text, at(notes, "checkpoint").text) << what;
    EXPECT_TRUE(check_signatures(*note, keys).sound) << what;
    EXPECT_EQ(check_signatures(*note, keys).keys, what == "the log and a witness" ? 2U : 1U) << what;
    EXPECT_EQ(parse_checkpoint(note->text)->size, 13U);
  }
  for (const auto& [what, text] : at(notes, "false").members)
    EXPECT_FALSE(check_signatures(parse_note(text.text).value(), keys).sound) << what;
  for (const auto& [what, text] : at(notes, "unsigned").members)
    EXPECT_EQ(check_signatures(parse_note(text.text).value(), keys).keys, 0U) << what;
  for (const auto& [what, text] : at(notes, "malformed").members) EXPECT_FALSE(parse_note(text.text)) << what;
}

TEST(OwnVectors, TheBundleIsVerified) {
  const auto policy = read_policy(kOwn / "policy.json");
  ASSERT_TRUE(policy);
  const auto report = verify_bundle(kOwn / "bundle.json", *policy);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->answer(), Answer::kVerified) << to_text(*report);
}

std::vector<fs::path> json_files(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& file : fs::recursive_directory_iterator(folder))
    if (file.path().extension() == ".json") out.push_back(file.path());
  return out;
}

// Those files hold sizes beyond ours and hashes of any length; what cannot be read is not proven.
std::optional<std::vector<base::Hash>> proof_of(const Json& json) {
  std::vector<base::Hash> out;
  for (const auto& item : at(json, "proof").items) {
    const auto hash = base::hash_from_base64(item.text);
    if (!hash) return std::nullopt;
    out.push_back(*hash);
  }
  return out;
}

TEST(OthersVectors, MerkleProofs) {
  MUNIMENT_NEEDS_VECTORS("transparency-dev_merkle");
  const fs::path folder = support::shared_vectors() / "transparency-dev_merkle" / "testdata";
  int good = 0;
  int bad = 0;
  for (const auto& kind : {"inclusion", "consistency"})
    for (const auto& path : json_files(folder / kind)) {
      const auto json = parse_json(contents(path));
      if (!json) {
        ++bad;  // a size above 2^63-1: no reader of ours gets that far
        continue;
      }
      const bool inclusion = std::string_view(kind) == "inclusion";
      const auto proof = proof_of(*json);
      const auto root = base::hash_from_base64(at(*json, inclusion ? "root" : "root2").text);
      const auto other = base::hash_from_base64(at(*json, inclusion ? "leafHash" : "root1").text);
      const bool holds =
          proof && root && other &&
          (inclusion
               ? includes(*other, at(*json, "leafIdx").number, at(*json, "treeSize").number, *root, *proof)
               : is_consistent(at(*json, "size1").number, *other, at(*json, "size2").number, *root, *proof));
      const bool wanted = at(*json, "wantErr").number == 0;
      (wanted ? good : bad) += 1;
      // Where theirs holds and ours does not: empty trees, and roots that are no SHA-256 values.  Both are
      // outside of our formats, and "not shown" is the safe side.
      if (holds != wanted)
        EXPECT_TRUE(!holds && (!root || !other || (!inclusion && at(*json, "size1").number == 0))) << path;
    }
  EXPECT_GT(good, 8);
  EXPECT_GT(bad, 100);
}

TEST(OthersVectors, SignedNotes) {
  MUNIMENT_NEEDS_VECTORS("notes");
  const fs::path folder = support::shared_vectors() / "notes";
  const Json notes = read(folder / "notes.json");
  const auto key_of = [&](std::string_view name) {
    return parse_vkey(at(at(notes, name), "vkey").text).value();
  };
  const auto example = parse_note(contents(folder / "c2sp_example.note"));
  ASSERT_TRUE(example);
  EXPECT_EQ(check_signatures(*example, std::vector{key_of("c2sp_signed_note_md_example")}).keys, 1U);
  const std::string text = at(at(notes, "xmod_peter"), "text").text;
  const auto both = parse_note(text + "\n" + at(at(notes, "xmod_peter"), "sig").text +
                               at(at(notes, "xmod_enoch"), "sig").text);
  ASSERT_TRUE(both);
  EXPECT_EQ(check_signatures(*both, std::vector{key_of("xmod_peter"), key_of("xmod_enoch")}).keys, 2U);
  for (const auto& bad : at(notes, "xmod_bad_vkeys").items) EXPECT_FALSE(parse_vkey(bad.text)) << bad.text;
}

TEST(OthersVectors, Ed25519EdgeCasesHaveOneAnswerEachTime) {
  MUNIMENT_NEEDS_VECTORS("ed25519");
  const Json cases = read(support::shared_vectors() / "ed25519" / "CCTV_ed25519vectors.json");
  std::size_t refused = 0;
  for (const auto& item : cases.items) {
    const auto key = hash_of_hex(at(item, "key").text);
    const std::string signature = unhex(at(item, "sig").text);
    const bool holds = base::ed25519_verify(key, at(item, "msg").text, signature);
    bool canonical = true;
    for (const auto& flag : item.find("flags") != nullptr ? item.find("flags")->items : std::vector<Json>{})
      canonical = canonical && flag.text != "non_canonical_R" && flag.text != "low_order_residue";
    // Without the cofactor, as RFC 8032 allows: a residue or another spelling of R is refused.
    if (!canonical) EXPECT_FALSE(holds) << at(item, "number").number;
    refused += holds ? 0 : 1;
  }
  EXPECT_GT(cases.items.size(), 100U);
  EXPECT_GT(refused, 0U);
}

TEST(OthersVectors, TheReferenceLog) {
  MUNIMENT_NEEDS_VECTORS("reference");
  const fs::path folder = support::shared_vectors() / "reference";
  const Json entry = read(folder / "entry42.json");
  const auto secret = hash_of_hex(at(entry, "secret").text);
  std::vector<NamedDigest> digests;
  for (const auto& [name, digest] : at(entry, "field_digests").members)
    digests.push_back({name, hash_of_hex(digest.text)});
  std::sort(digests.begin(), digests.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  EXPECT_EQ(base::to_hex(body_commitment(digests)), at(entry, "body_commitment").text);
  std::string text;
  std::vector<std::uint32_t> lengths;
  for (const auto& segment : at(entry, "segments_text").items) {
    text += segment.text;
    lengths.push_back(static_cast<std::uint32_t>(segment.text.size()));
  }
  const auto& fields = at(entry, "fields");
  const auto one = [&](std::string_view name) {
    return std::vector{static_cast<std::uint32_t>(at(fields, name).text.size())};
  };
  // That log cut every field at word boundaries, this one after the "@".
  const std::vector<std::uint32_t> handle = {1, 6};
  const auto platform = one("platform");
  const auto id = one("post.id");
  const std::vector<FieldView> views = {{"author.handle", at(fields, "author.handle").text, handle},
                                        {"platform", at(fields, "platform").text, platform},
                                        {"post.id", at(fields, "post.id").text, id},
                                        {"text", text, lengths}};
  EXPECT_EQ(base::to_hex(BodyCommitter().commit(secret, 42, views)), at(entry, "body_commitment").text);
  EXPECT_EQ(base::to_hex(base::leaf_hash(at(entry, "leaf").text)), at(entry, "leaf_hash").text);
  GrowingTree tree;
  for (const auto& tile : {"000", "001.p/63"}) {
    const std::string bytes = contents(folder / "tile" / "0" / tile);
    for (std::size_t i = 0; i + 32 <= bytes.size(); i += 32)
      tree.add(base::as_hash(std::string_view(bytes).substr(i, 32)).value());
    if (tree.size() == 256)
      EXPECT_EQ(base::view(tree.tile_root()), contents(folder / "tile" / "1" / "000.p" / "1"));
  }
  EXPECT_EQ(tree.size(), at(entry, "tree_size").number);
  EXPECT_EQ(base::to_hex(tree.root()), at(entry, "root").text);
}

TEST(OthersVectors, TheReferenceBundleLacksOnlyWhatItDoesNotHold) {
  MUNIMENT_NEEDS_VECTORS("reference");
  const fs::path folder = support::shared_vectors() / "reference";
  const auto policy = read_policy(folder / "policy.json");
  ASSERT_TRUE(policy);
  const auto report = verify_bundle(folder / "bundle.json", *policy);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->answer(), Answer::kCouldNotCheck) << to_text(*report);
  EXPECT_THAT(report->not_checked(), ::testing::SizeIs(2)) << to_text(*report);
}

}  // namespace
}  // namespace muniment::verify
