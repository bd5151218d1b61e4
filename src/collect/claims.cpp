#include "collect/claims.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

#include "collect/exchange.hpp"
#include "records/made_name.hpp"

namespace muniment::collect {
namespace {

// How much an item is the one that is held: 2 in its bytes, 1 in its words.
int likeness(const Fingerprints& prints, const std::optional<Known>& known) {
  if (!known) return 0;
  return prints.raw == known->raw_bytes ? 2 : prints.content == known->content ? 1 : 0;
}

}  // namespace

std::vector<ItemName> names_of(const std::vector<sources::Item>& items) {
  std::vector<ItemName> names;
  names.reserve(items.size());
  for (const auto& item : items) names.push_back({item.interaction.platform, item.interaction.id});
  return names;
}

// For each name the place where it stands first: an item may come twice in one page.
std::vector<std::size_t> first_places(std::span<const ItemName> names) {
  std::vector<std::size_t> place(names.size());
  std::iota(place.begin(), place.end(), std::size_t{0});
  std::vector<std::size_t> order = place;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto compared = names[a] <=> names[b];
    return compared == 0 ? a < b : compared < 0;
  });
  for (std::size_t i = 1; i < order.size(); ++i)
    if (names[order[i]] == names[order[i - 1]]) place[order[i]] = place[order[i - 1]];
  return place;
}

Status name_apart(std::vector<sources::Item>& items, Catalogue& catalogue) {
  if (std::ranges::none_of(items, [](const auto& item) { return item.is_final; })) return {};
  auto known = catalogue.find(names_of(items));
  if (!known) return known.error();
  std::map<std::string, std::uint64_t> taken;  // by those that stand before it in the page
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto& interaction = items[i].interaction;
    if (!items[i].is_final) continue;
    const auto words = records::version_content(interaction);
    const auto content = catalogue.fingerprint(words);
    const auto& held = (*known)[i];
    const auto whose = held ? held->content : taken.try_emplace(interaction.id, content).first->second;
    if (whose != content) interaction.id += "#" + records::made_mark(words);
  }
  return {};
}

Result<std::vector<std::string>> part_colliding(std::vector<sources::Item>& items, std::string_view page,
                                                Catalogue& catalogue) {
  std::vector<std::string> collided;
  const auto names = names_of(items);
  const auto place = first_places(names);
  std::map<std::size_t, std::vector<std::size_t>> claims;  // by the place of the first
  for (std::size_t i = 0; i < items.size(); ++i)
    if (place[i] != i) claims.try_emplace(place[i], 1, place[i]).first->second.push_back(i);
  if (claims.empty()) return collided;
  std::vector<bool> is_out(items.size(), false);
  for (const auto& [first, all] : claims) {
    const auto known = catalogue.find(names[first].platform, names[first].id);
    if (!known) return known.error();
    std::vector<Fingerprints> prints;
    for (const auto i : all)
      prints.push_back({catalogue.fingerprint(records::version_content(items[i].interaction)),
                        catalogue.fingerprint(page.substr(items[i].offset, items[i].length))});
    const auto stays = static_cast<std::size_t>(
        std::ranges::max_element(prints, {}, [&](const Fingerprints& one) { return likeness(one, *known); }) -
        prints.begin());
    for (std::size_t i = 0; i < all.size(); ++i)
      is_out[all[i]] = i != stays && prints[i].raw != prints[stays].raw;
    if (std::ranges::any_of(prints, [&](const auto& one) { return one.content != prints[stays].content; }))
      collided.emplace_back(names[first].id);
  }
  std::size_t at = 0;
  std::erase_if(items, [&](const auto&) { return is_out[at++]; });
  return collided;
}

}  // namespace muniment::collect
