#include "ledger/reader.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/aead.hpp"
#include "base/sha256.hpp"
#include "ledger/commitment.hpp"
#include "ledger/packed_body.hpp"
#include "ledger/tree.hpp"

namespace muniment::ledger {
namespace {

constexpr std::size_t kTilesKept = 512;  // 4 MiB
constexpr std::size_t kNodesKept = 65536;
constexpr Seq kChunk = 1024;  // entries whose secrets are fetched together

}  // namespace

struct Reader::State {
  explicit State(Store& s) : store(s) {}
  Store& store;
  BodySealer bodies;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> tiles;
  std::unordered_map<std::uint64_t, base::Hash> nodes;  // of whole subtrees, which never change

  // The view holds until the next call.
  Result<std::string_view> full_tile(std::uint64_t level, std::uint64_t index) {
    const auto key = std::pair(level, index);
    if (const auto held = tiles.find(key); held != tiles.end()) return std::string_view(held->second);
    auto hashes = store.tile(level, index);
    if (!hashes) return hashes.error();
    if (tiles.size() >= kTilesKept) tiles.clear();
    return std::string_view(tiles.emplace(key, *std::move(hashes)).first->second);
  }

  // Hashes first..end-1 of a tile level, from a full tile or from what lies below the right edge.
  Result<std::vector<base::Hash>> level_hashes(std::uint64_t level, std::uint64_t first, std::uint64_t end) {
    if (auto full = full_tile(level, first / kTileWidth)) {
      std::vector<base::Hash> out;
      for (auto i = first; i < end; ++i) out.push_back(*base::as_hash(full->substr(i % kTileWidth * 32, 32)));
      return out;
    } else if (full.error().code != Code::kNotFound) {
      return full.error();
    }
    if (level > 0) return store.tile_roots(level - 1, first, end);
    std::vector<base::Hash> leaves;
    auto read = store.range(first, end, false, [&](const Entry& entry, std::string_view) {
      leaves.push_back(leaf_hash(store.origin(), entry));
      return true;
    });
    if (!read) return read.error();
    if (leaves.size() != end - first)
      return Error{Code::kCorrupt, "ledger.db has gaps among its entries", "run `muniment verify`"};
    return leaves;
  }

  // Proofs of neighbours share nearly all their nodes.
  Result<base::Hash> node(unsigned height, std::uint64_t index) {
    const std::uint64_t key = (std::uint64_t{height} << 58U) | index;
    if (const auto held = nodes.find(key); held != nodes.end()) return held->second;
    auto hash = computed_node(height, index);
    if (!hash) return hash;
    if (nodes.size() >= kNodesKept) nodes.clear();
    nodes.emplace(key, *hash);
    return hash;
  }

  Result<base::Hash> computed_node(unsigned height, std::uint64_t index) {
    const unsigned level = height / 8;
    const std::uint64_t width = std::uint64_t{1} << (height % 8);
    auto hashes = level_hashes(level, index * width, (index + 1) * width);
    if (!hashes) return hashes.error();
    return tree_hash(*hashes);
  }

  Prover prover() {
    return Prover([this](unsigned height, std::uint64_t index) { return node(height, index); });
  }
};

Reader::Reader(Store& store) : state_(std::make_unique<State>(store)) {}
Reader::~Reader() = default;

const std::string& Reader::origin() const {
  return state_->store.origin();
}
Result<Head> Reader::head() {
  return state_->store.head();
}

Result<Entry> Reader::entry(Seq seq) {
  std::optional<Entry> found;
  auto read = state_->store.range(seq, seq + 1, false, [&](const Entry& entry, std::string_view) {
    found = entry;
    return false;
  });
  if (!read) return read.error();
  if (!found)
    return Error{Code::kNotFound, "there is no entry " + std::to_string(seq),
                 "`muniment log` lists the entries"};
  return *std::move(found);
}

Result<base::Secret> Reader::secret(Seq seq) {
  return state_->store.secret(seq);
}

Result<records::Body> Reader::body(Seq seq) {
  const auto secret = state_->store.secret(seq);
  if (!secret) return secret.error();
  std::optional<Result<records::Body>> body;
  base::Hash commitment{};
  auto read = state_->store.range(seq, seq + 1, true, [&](const Entry& entry, std::string_view sealed) {
    commitment = entry.commitment;
    if (!sealed.empty()) body = state_->bodies.open(*secret, seq, sealed);
    return false;
  });
  if (!read) return read.error();
  if (!body)
    return Error{Code::kNotFound, "entry " + std::to_string(seq) + " has no body: its content is gone"};
  if (*body && body_commitment(*secret, seq, **body) != commitment)
    return Error{Code::kCorrupt,
                 "entry " + std::to_string(seq) + ": its words are not those that were committed to",
                 "do not rely on it; run `muniment verify --deep`"};
  return *std::move(body);
}

Result<std::string> Reader::attachment(Seq seq, const records::Body& body, std::uint16_t number) {
  const auto field = "media." + std::to_string(number);
  const auto name = records::value_of(body, field + ".file");
  if (!name)
    return Error{Code::kNotFound, "entry " + std::to_string(seq) + " has no attachment " +
                                      std::to_string(number) + " in the archive"};
  const auto secret = state_->store.secret(seq);
  if (!secret) return secret.error();
  const auto sealed = state_->store.file(std::string(*name));
  if (!sealed && sealed.error().code == Code::kNotFound)
    return Error{Code::kNotFound,
                 "the file of attachment " + std::to_string(number) + " of entry " + std::to_string(seq) +
                     " is gone from media/",
                 "bring media/ back from a backup; `muniment verify --deep` names all that are gone"};
  if (!sealed) return sealed.error();
  auto bytes = base::Aead().open(attachment_key(*secret, seq, number), *sealed);
  if (!bytes || base::to_hex(base::sha256(*bytes)) != records::value_of(body, field + ".sha256"))
    return Error{Code::kCorrupt,
                 "attachment " + std::to_string(number) + " of entry " + std::to_string(seq) +
                     " is not the file that was sealed",
                 "do not rely on it; run `muniment verify --deep`"};
  return *std::move(bytes);
}

Status Reader::each(Seq first, Seq end, const Visit& visit) {
  bool more = true;
  for (Seq at = first; at < end && more; at += kChunk) {
    const Seq stop = std::min(end, at + kChunk);
    std::map<Seq, base::Secret> secrets;
    auto fetched = state_->store.secrets(at, stop, [&](Seq seq, const base::Secret& secret) {
      secrets.emplace_hint(secrets.end(), seq, secret);
    });
    if (!fetched) return fetched;
    Status opened;
    auto read = state_->store.range(at, stop, true, [&](const Entry& entry, std::string_view sealed) {
      const auto secret = secrets.find(entry.seq);
      if (secret == secrets.end() || sealed.empty()) return more = visit(entry, nullptr);
      const auto body = state_->bodies.open(secret->second, entry.seq, sealed);
      if (!body) {
        opened = body.error();
        return false;
      }
      return more = visit(entry, &*body);
    });
    if (!read) return read;
    if (!opened) return opened;
  }
  return {};
}

Status Reader::each_entry(Seq first, Seq end, const std::function<bool(const Entry& entry)>& visit) {
  return state_->store.range(first, end, false,
                             [&](const Entry& entry, std::string_view) { return visit(entry); });
}

Result<base::Hash> Reader::leaf(Seq seq) {
  const auto found = entry(seq);
  if (!found) return found.error();
  return leaf_hash(origin(), *found);
}

Result<std::vector<base::Hash>> Reader::inclusion(Seq seq, Seq size) {
  return state_->prover().inclusion(seq, size);
}

Result<std::vector<base::Hash>> Reader::consistency(Seq old_size, Seq size) {
  return state_->prover().consistency(old_size, size);
}

Result<base::Hash> Reader::root(Seq size) {
  if (size == 0) return empty_root();
  return state_->prover().range(0, size);
}

Result<std::string> Reader::checkpoint() {
  return state_->store.newest_checkpoint();
}
Result<std::string> Reader::checkpoint_covering(Seq size) {
  return state_->store.checkpoint(size);
}

}  // namespace muniment::ledger
