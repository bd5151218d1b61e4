// Whatever is typed: it is refused with a place, or reads back from its own printing as the same query and
// can be asked of an index without the engine finding fault with the expression.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "index/projection.hpp"
#include "index/search.hpp"
#include "support/fake_entropy.hpp"
#include "support/followed_entries.hpp"
#include "support/temp_folder.hpp"

using namespace muniment;  // NOLINT

namespace {

struct World {
  support::TempFolder folder;
  std::optional<index::Searcher> searcher;

  World() {
    constexpr char kOrigin[] = "archive.wexcombe.example/muniment/1";
    const auto path = folder.path() / "index.db";
    support::FakeEntropy entropy;
    support::FollowedEntries entries;
    entries.capture(support::small_post("1", "pothole in mill lane"), "{}", "town");
    entries.edit(support::small_post("1", "no pothole: black ice"));
    entries.capture(support::small_post("2", "snow", 2));
    entries.event(ledger::kind::kDeletion, "mastodon", "2");
    auto projection = index::Projection::open(path, kOrigin, entropy);
    if (!projection || !projection->apply(entries.all())) std::abort();
    auto opened = index::Searcher::open(path, kOrigin);
    if (!opened) std::abort();
    searcher.emplace(std::move(*opened));
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  const auto query = index::parse_query({reinterpret_cast<const char*>(data), size});
  if (!query) return query.error().code == Code::kInvalid ? 0 : (std::abort(), 0);
  const auto printed = index::print_query(*query);
  if (printed.size() <= index::kMostQueryBytes) {
    const auto again = index::parse_query(printed);
    if (!again || index::print_query(*again) != printed) std::abort();
  }
  const auto hits = world.searcher->search(*query, {});
  if (!hits && hits.error().code != Code::kInvalid) std::abort();
  index::SearchOptions options;
  options.order = index::Order::kRelevance;
  const auto ranked = world.searcher->search(*query, options);
  if (hits.has_value() != ranked.has_value()) std::abort();
  if (hits && hits->hits.size() != ranked->hits.size()) std::abort();
  return 0;
}
