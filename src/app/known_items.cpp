#include "app/known_items.hpp"

#include <utility>

#include "base/time.hpp"

namespace muniment::app {
namespace {

constexpr std::size_t kNotesBeforePruning = 50'000;
constexpr std::size_t kAskedBeforeFilter = 5'000;
constexpr std::size_t kMostHeldInMemory = 100'000;  // some 40 MB
constexpr std::size_t kFilterRoom = 500'000;        // beyond the items there are

collect::ItemState state_of(index::DocumentState state) {
  if (state == index::DocumentState::kDeleted) return collect::ItemState::kDeleted;
  if (state == index::DocumentState::kUnavailable) return collect::ItemState::kUnavailable;
  if (state == index::DocumentState::kReported) return collect::ItemState::kReported;
  return collect::ItemState::kPresent;
}

}  // namespace

KnownItems::KnownItems(Archive& archive, index::Catalogue catalogue)
    : archive_(&archive),
      catalogue_(std::move(catalogue)),
      prune_at_(kNotesBeforePruning),
      indexed_(std::make_unique<std::atomic<ledger::Seq>>(0)) {}

Result<KnownItems> KnownItems::open(Archive& archive) {
  auto catalogue = archive.catalogue();
  if (!catalogue) return catalogue.error();
  return KnownItems(archive, *std::move(catalogue));
}

// Items that are indexed while the keys are read were noted first, so none is missing.
Status KnownItems::make_filter() {
  std::vector<std::int64_t> keys;
  if (auto read = catalogue_.each_item([&](std::int64_t key) { keys.push_back(key); }); !read) return read;
  filter_.emplace(2 * (keys.size() + notes_.size()) + kFilterRoom);
  for (const auto key : keys) filter_->add(key);
  notes_.each_key([&](std::int64_t key) { filter_->add(key); });
  return {};
}

Status KnownItems::at(ledger::Seq size) {
  notes_.clear();
  filter_.reset();
  asked_ = 0;
  auto projection = archive_->projection();
  if (!projection) return projection.error();
  if ((*projection)->keys() != catalogue_.keys()) {  // the index was made anew
    auto catalogue = archive_->catalogue();
    if (!catalogue) return catalogue.error();
    catalogue_ = *std::move(catalogue);
    held_.clear();
  }
  if ((*projection)->position() < size)
    return Error{Code::kConflict, "the index is behind the ledger", "run the same command again"};
  indexed_until((*projection)->position());
  return {};
}

Result<std::vector<std::optional<collect::Known>>> KnownItems::find(
    std::span<const collect::ItemName> items) {
  std::vector<std::int64_t> keys;
  keys.reserve(items.size());
  for (const auto& item : items) keys.push_back(catalogue_.keys().item(item.platform, item.id));
  asked_ += items.size();
  if (asked_ >= kAskedBeforeFilter && (!filter_ || filter_->is_full()))
    if (auto made = make_filter(); !made) return made.error();
  std::vector<std::optional<collect::Known>> out(items.size());
  std::vector<std::int64_t> unsure;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (filter_ && !filter_->may_hold(keys[i])) continue;
    if (const auto* noted = notes_.find(keys[i])) {
      out[i] = *noted;
    } else {
      unsure.push_back(keys[i]);
      places.push_back(i);
    }
  }
  if (unsure.empty()) return out;
  const auto rows = catalogue_.lookup(unsure);
  if (!rows) return rows.error();
  for (std::size_t i = 0; i < unsure.size(); ++i)
    if (const auto& row = (*rows)[i])
      out[places[i]] = {row->seq, row->raw_seq, state_of(row->state), row->digests.content, row->digests.raw};
  return out;
}

Result<std::vector<ledger::Seq>> KnownItems::holders(const collect::ItemName& item, std::size_t most) {
  return catalogue_.holders(catalogue_.keys().item(item.platform, item.id), most);
}

Result<std::vector<ledger::Seq>> KnownItems::reports(const collect::ItemName& item, std::size_t most) {
  return catalogue_.reports(catalogue_.keys().item(item.platform, item.id), most);
}

Result<std::optional<ledger::Seq>> KnownItems::read_before(std::string_view page) {
  const auto exchanges = catalogue_.registered(catalogue_.keys().page_register(page));
  if (!exchanges) return exchanges.error();
  return exchanges->empty() ? std::nullopt : std::optional(exchanges->back());
}

Result<bool> KnownItems::kept_unread(std::string_view page) {
  const auto exchanges = catalogue_.registered(catalogue_.keys().unread_register(page));
  if (!exchanges) return exchanges.error();
  return !exchanges->empty();
}

std::uint64_t KnownItems::fingerprint(std::string_view bytes) const {
  return catalogue_.keys().raw_digest(bytes);
}

void KnownItems::note(std::string_view platform, std::string_view id, const collect::Known& known) {
  const auto key = catalogue_.keys().item(platform, id);
  notes_.add(key, known);
  if (filter_) filter_->add(key);
  if (notes_.size() < prune_at_) return;
  notes_.forget_before(indexed_->load());
  prune_at_ = notes_.size() + kNotesBeforePruning;
}

Result<std::vector<sources::Held>> KnownItems::held(std::string_view source) {
  const auto rows = catalogue_.held(source);
  if (!rows) return rows.error();
  auto before = std::exchange(held_[std::string(source)], {});
  std::size_t count = rows->size();
  for (const auto& [name, items] : held_) count += items.size();
  if (count > kMostHeldInMemory) held_.clear();
  auto& kept = held_[std::string(source)];
  std::vector<sources::Held> items;
  items.reserve(rows->size());
  for (const auto& row : *rows) {
    if (const auto known = before.find(row.seq); known != before.end()) {
      items.push_back(known->second);
    } else {
      auto read = read_held(row);
      if (!read) return read.error();
      items.push_back(*std::move(read));
    }
    if (rows->size() <= kMostHeldInMemory) kept.emplace(row.seq, items.back());
  }
  return items;
}

Result<sources::Held> KnownItems::read_held(const index::HeldRow& row) {
  const auto body = archive_->reader().body(row.seq);
  if (!body && body.error().code != Code::kNotFound) return body.error();
  auto item = body ? records::interaction_of(*body) : records::Interaction{};
  return sources::Held{row.id,
                       std::move(item.local),
                       std::move(item.reply_to),
                       std::move(item.posted),
                       std::move(item.author.id),
                       std::move(item.thread),
                       item.type == "repost"};
}

Result<std::vector<bool>> KnownItems::are_held(std::string_view source,
                                               std::span<const collect::ItemName> items) {
  std::vector<std::int64_t> keys;
  keys.reserve(items.size());
  for (const auto& item : items) keys.push_back(catalogue_.keys().item(item.platform, item.id));
  return catalogue_.are_held(source, keys);
}

Result<collect::Validators> KnownItems::validators(std::string_view source, std::string_view url) {
  const auto last = catalogue_.newest_polls(source, 1);
  if (!last) return last.error();
  if (last->empty() || last->front().outcome != "complete") return collect::Validators{};
  auto found = catalogue_.validators(source, url);
  if (!found) return found.error();
  return collect::Validators{std::move(found->etag), std::move(found->modified)};
}

Result<std::string> KnownItems::cursor(std::string_view source) {
  auto row = catalogue_.source(source);
  if (!row) return row.error();
  return std::move(row->cursor);
}

Result<std::string> KnownItems::last_complete(std::string_view source) {
  auto row = catalogue_.source(source);
  if (!row) return row.error();
  return row->complete == 0 ? std::string()
                            : base::to_rfc3339(base::Time{std::chrono::milliseconds{row->complete}});
}

}  // namespace muniment::app
