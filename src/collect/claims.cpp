#include "collect/claims.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "base/utf8.hpp"
#include "collect/exchange.hpp"
#include "records/body.hpp"
#include "records/made_name.hpp"

namespace muniment::collect {
namespace {

// How much an item is the one that is held: 2 in its bytes, 1 in its words.
int likeness(const Fingerprints& prints, const std::optional<Known>& known) {
  if (!known) return 0;
  return prints.raw == known->raw_bytes ? 2 : prints.content == known->content ? 1 : 0;
}

Fingerprints prints_of(const sources::Item& item, std::string_view page, const Catalogue& catalogue) {
  return {catalogue.fingerprint(records::version_content(item.interaction)),
          catalogue.fingerprint(page.substr(item.offset, item.length))};
}

// Items of one page with the same id, each with a second name.
struct Rivals {
  std::vector<std::size_t> all;  // places of those that have not got their second names yet
  std::set<std::string> addresses;
};
using RivalsById = std::map<std::pair<std::string, std::string>, Rivals>;  // by platform and id

Result<RivalsById> rivals_in(const std::vector<sources::Item>& items, Catalogue& catalogue,
                             std::vector<std::size_t>& renamed) {
  std::vector<ItemName> names;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].second_name.empty()) continue;
    names.push_back({items[i].interaction.platform, items[i].second_name});
    places.push_back(i);
  }
  RivalsById out;
  if (names.empty()) return out;
  const auto known = catalogue.find(names);
  if (!known) return known.error();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& it = items[places[i]].interaction;
    auto& rivals = out[{it.platform, it.id}];
    rivals.addresses.insert(it.url);
    ((*known)[i] ? renamed : rivals.all).push_back(places[i]);
  }
  return out;
}

// The address with which the id stays; empty: with none of them.
Result<std::string> address_of(const ItemName& name, const Rivals& rivals,
                               const std::vector<sources::Item>& items, Catalogue& catalogue,
                               ledger::Reader& reader) {
  const auto held = catalogue.find(name.platform, name.id);
  if (!held) return held.error();
  if (!*held) return items[rivals.all.front()].interaction.url;
  const auto body = reader.body((*held)->version);
  if (body) return records::text_of(*body, "url").value_or("");
  if (body.error().code != Code::kNotFound) return body.error();
  for (const auto place : rivals.all)
    if (catalogue.fingerprint(records::version_content(items[place].interaction)) == (*held)->content)
      return items[place].interaction.url;
  return std::string();
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

Status name_by_address(std::vector<sources::Item>& items, Catalogue& catalogue, ledger::Reader& reader) {
  std::vector<std::size_t> renamed;
  const auto all = rivals_in(items, catalogue, renamed);
  if (!all) return all.error();
  for (const auto& [name, rivals] : *all) {
    if (rivals.addresses.size() < 2 || rivals.all.empty()) continue;
    const auto stays = address_of({name.first, name.second}, rivals, items, catalogue, reader);
    if (!stays) return stays.error();
    for (const auto place : rivals.all)
      if (items[place].interaction.url != *stays) renamed.push_back(place);
  }
  for (const auto place : renamed) items[place].interaction.id = items[place].second_name;
  return {};
}

std::string claimed_by_several(const std::string& id) {
  return "several accounts claim to have said " + base::to_valid_utf8(id) +
         "; what one of them says was taken for it, the others' words stand in the page only";
}

std::string remarks_on_claims(const std::vector<std::string>& ids) {
  constexpr std::size_t kMost = 20;
  std::string out;
  for (std::size_t i = 0; i < std::min(ids.size(), kMost); ++i) out += claimed_by_several(ids[i]) + '\n';
  if (ids.size() > kMost) out += "and so of " + std::to_string(ids.size() - kMost) + " more\n";
  return out;
}

namespace {

// Of places that stand for the same name, by the first.
using Repeated = std::map<std::size_t, std::vector<std::size_t>>;

Repeated repeated(const std::vector<std::size_t>& place) {
  Repeated out;
  for (std::size_t i = 0; i < place.size(); ++i)
    if (place[i] != i) out.try_emplace(place[i], 1, place[i]).first->second.push_back(i);
  return out;
}

void take_out(std::vector<sources::Item>& items, const std::vector<bool>& is_out) {
  std::size_t at = 0;
  std::erase_if(items, [&](const auto&) { return is_out[at++]; });
}

}  // namespace

Result<std::vector<std::string>> part_from_others(std::vector<sources::Item>& items,
                                                  const std::vector<std::size_t>& place,
                                                  std::string_view page, Catalogue& catalogue) {
  std::vector<std::string> collided;
  std::vector<bool> is_out(items.size(), false);
  const auto is_of_another = [&](std::size_t i, std::size_t whose) {
    const auto& author = items[i].interaction.author.id;
    return !author.empty() && author != items[whose].interaction.author.id;
  };
  for (const auto& [first, all] : repeated(place)) {
    if (std::ranges::none_of(all, [&, whose = first](std::size_t i) { return is_of_another(i, whose); }))
      continue;
    const auto& name = items[first].interaction;
    const auto known = catalogue.find(name.platform, name.id);
    if (!known) return known.error();
    const auto stays = *std::ranges::max_element(
        all, {}, [&](std::size_t i) { return likeness(prints_of(items[i], page, catalogue), *known); });
    for (const auto i : all) is_out[i] = is_of_another(i, stays);
    collided.push_back(name.id);
  }
  take_out(items, is_out);
  return collided;
}

Result<std::vector<std::string>> part_colliding(std::vector<sources::Item>& items, std::string_view page,
                                                Catalogue& catalogue) {
  std::vector<std::string> collided;
  const auto names = names_of(items);
  std::vector<bool> is_out(items.size(), false);
  for (const auto& [first, all] : repeated(first_places(names))) {
    const auto known = catalogue.find(names[first].platform, names[first].id);
    if (!known) return known.error();
    std::vector<Fingerprints> prints;
    for (const auto i : all) prints.push_back(prints_of(items[i], page, catalogue));
    const auto stays = static_cast<std::size_t>(
        std::ranges::max_element(prints, {}, [&](const Fingerprints& one) { return likeness(one, *known); }) -
        prints.begin());
    for (std::size_t i = 0; i < all.size(); ++i)
      is_out[all[i]] = i != stays && prints[i].raw != prints[stays].raw;
    if (std::ranges::any_of(prints, [&](const auto& one) { return one.content != prints[stays].content; }))
      collided.emplace_back(names[first].id);
  }
  take_out(items, is_out);
  return collided;
}

}  // namespace muniment::collect
