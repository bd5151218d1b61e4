#include "verify/stored_bodies.hpp"

#include "verify/exchange.hpp"
#include "verify/ranges.hpp"

namespace muniment::verify {
namespace {

constexpr std::string_view kBody =
    "SELECT b.sealed, e.commitment FROM body b JOIN entry e ON e.seq = b.seq WHERE b.seq = ?";
constexpr std::string_view kSecret = "SELECT secret FROM secret WHERE seq = ?";

}  // namespace

StoredBodies::StoredBodies(db::Database ledger, db::Database keys, std::string_view dictionary)
    : ledger_(std::move(ledger)), keys_(std::move(keys)), opener_(std::make_unique<BodyOpener>(dictionary)) {}

Result<StoredBodies> StoredBodies::open(const std::filesystem::path& archive, std::string_view dictionary) {
  auto ledger = db::Database::open(archive / "ledger.db", db::Open::kRead);
  if (!ledger) return ledger.error();
  auto keys = db::Database::open(archive / "keys.db", db::Open::kRead);
  if (!keys) return keys.error();
  StoredBodies out(std::move(*ledger), std::move(*keys), dictionary);
  auto body = out.ledger_.prepare(kBody);
  if (!body) return body.error();
  auto secret = out.keys_.prepare(kSecret);
  if (!secret) return secret.error();
  out.body_ = std::move(*body);
  out.secret_ = std::move(*secret);
  return out;
}

bool StoredBodies::read(std::uint64_t seq, OpenBody& body) {
  secret_.reset();
  body_.reset();
  const auto has_secret = secret_.bind(1, static_cast<std::int64_t>(seq)).step();
  if (!has_secret || !*has_secret) return false;
  const auto secret = base::as_hash(secret_.blob(0));
  const auto has_body = body_.bind(1, static_cast<std::int64_t>(seq)).step();
  if (!secret || !has_body || !*has_body) return false;
  std::string why;
  if (opener_->open(*secret, seq, body_.blob(0), body, why) != Unsealing::kOpened) return false;
  return base::view(committer_.commit(*secret, seq, body.fields)) == body_.blob(1);
}

Disposed read_disposals(StoredBodies& bodies, const std::vector<std::uint64_t>& disposals, Report& report) {
  Disposed out;
  OpenBody body;
  for (const auto seq : disposals) {
    const auto named = bodies.read(seq, body) ? bytes_of(body, "seqs") : std::nullopt;
    const auto ranges = named ? parse_ranges(*named, ' ') : std::nullopt;
    if (!ranges) {
      out.whole = false;
      report.could_not("what was disposed of by entry " + std::to_string(seq) + ": it cannot be read");
      continue;
    }
    for (const auto& [first, last] : *ranges) {
      if (last >= seq) report.find("disposal", seq, "it names entries that did not exist before it");
      for (auto named_seq = first; named_seq <= last && named_seq < seq; ++named_seq)
        out.by.emplace(named_seq, seq);
    }
  }
  return out;
}

}  // namespace muniment::verify
