#include "index/comparison.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.hpp"
#include "index/file.hpp"
#include "index/repeats.hpp"

namespace muniment::index {
namespace {

// Entries read from the ledger at a time.
constexpr ledger::Seq kReadBatch = 4096;

// The same key makes the same hashes.
class SameKey : public base::Entropy {
 public:
  explicit SameKey(std::string key) : key_(std::move(key)) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(key_[i % key_.size()]);
  }

 private:
  std::string key_;
};

// A file that goes when this does.
class Scratch {
 public:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    (void)drop(path_).has_value();
    std::error_code ignored;
    std::filesystem::remove(path_.string() + "-lock", ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Keys fresh_keys(base::Entropy& entropy) {
  std::array<std::uint8_t, 16> key{};
  entropy.fill(key);
  return Keys(base::view(key));
}

// One connection to both files.
class BothFiles {
 public:
  static Result<BothFiles> open(const std::filesystem::path& index, const std::string& origin) {
    auto opened = open_for_reading(index, origin);
    if (!opened) return opened.error();
    return BothFiles(*std::move(opened));
  }
  Result<std::string> key() {
    auto row = database().prepare("SELECT key FROM follower WHERE name = 'search'");
    if (!row) return row.error();
    const auto there = row->step();
    if (!there) return there.error();
    return std::string(row->blob(0));
  }
  // Reads from then on what the index held at that time; answers how far it had come.
  Result<ledger::Seq> attach(const std::filesystem::path& anew) {
    const auto name = anew.string();
    auto attach = database().prepare("ATTACH ?1 AS anew");
    if (!attach) return attach.error();
    if (auto done = attach->bind_text(1, name).run(); !done) return done.error();
    if (auto begun = database().execute("BEGIN"); !begun) return begun.error();
    const auto position = database().integer("SELECT position FROM main.follower WHERE name = 'search'");
    if (!position) return position.error();
    return static_cast<ledger::Seq>(*position);
  }
  db::Database& database() { return opened_.database; }

 private:
  explicit BothFiles(Opened opened) : opened_(std::move(opened)) {}
  Opened opened_;
};

// As far as the index had come.
Status make_anew(Projection& projection, Repeats& repeats, ledger::Reader& ledger, ledger::Seq end,
                 const Projection::Progress& progress) {
  Gatherer gatherer(projection.keys());
  for (ledger::Seq first = 0; first < end;) {
    const auto stop = std::min(end, first + kReadBatch);
    auto read = ledger.each(first, stop, [&](const ledger::Entry& entry, const records::Body* body) {
      gatherer.add({entry, body, {}});
      return true;
    });
    if (!read) return read;
    first = stop;
    if (first < end && !gatherer.full()) continue;
    auto gathered = gatherer.take();
    if (auto looked = repeats.look_at(gathered); !looked) return looked;
    if (auto applied = projection.apply(std::move(gathered)); !applied) return applied;
    if (progress) progress(first, end);
  }
  return {};
}

}  // namespace

Result<Comparison> compare_with_new(const std::filesystem::path& index, const std::filesystem::path& scratch,
                                    const std::string& origin, ledger::Reader& ledger, base::Entropy& entropy,
                                    const Projection::Progress& progress) {
  if (auto gone = drop(scratch); !gone) return gone.error();
  const Scratch file(scratch);
  auto both = BothFiles::open(index, origin);
  if (!both) return both.error();
  auto key = both->key();
  if (!key) return about_index(key.error());
  SameKey same(*std::move(key));
  auto projection = Projection::open(scratch, origin, same);
  if (!projection) return projection.error();
  Comparison out;
  auto position = both->attach(scratch);
  if (!position) return about_index(position.error());
  out.position = *position;
  {
    auto beside = open_for_reading(scratch, origin);
    if (!beside) return beside.error();
    auto repeats = Repeats::open(beside->database);
    if (!repeats) return repeats.error();
    auto made = make_anew(*projection, *repeats, ledger, out.position, progress);
    if (!made) return made.error();
    out.twice = repeats->found();
  }
  const Keys keys = fresh_keys(entropy);
  auto compared = compare_rows(both->database(), keys, out.differences);
  if (compared) compared = compare_words(both->database(), keys, out.differences);
  if (!compared) return about_index(compared.error());
  return out;
}

}  // namespace muniment::index
