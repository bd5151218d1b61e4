// Items of one page that claim the same id, or one that another item has already.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collect/catalogue.hpp"
#include "ledger/reader.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

std::vector<ItemName> names_of(const std::vector<sources::Item>& items);

// For each name the place where it stands first: an item may come twice in one page.
std::vector<std::size_t> first_places(std::span<const ItemName> names);

// Items that never change (Item::is_final): whoever comes with other words under the name of one is another
// item, and gets a name of its own, the same each time it comes.
Status name_apart(std::vector<sources::Item>& items, Catalogue& catalogue);

// Items that one page gives the same id and different addresses: the id stays with the one that has the
// address of what is held under it, else with the first; the others get their second names, and whoever has
// got one keeps it.  So neither their order nor what else is on the page makes one of them another.
Status name_by_address(std::vector<sources::Item>& items, Catalogue& catalogue, ledger::Reader& reader);

// Of an answer from outside: takes out all but one of the items that claim the same id; answers the ids for
// which they say different things.
Result<std::vector<std::string>> part_colliding(std::vector<sources::Item>& items, std::string_view page,
                                                Catalogue& catalogue);

// In a sentence, of an id that several accounts claim in a saved file; and a line for each of so many as the
// ledger is told of.
std::string claimed_by_several(const std::string& id);
std::string remarks_on_claims(const std::vector<std::string>& ids);

// Of a saved file, in which an item may come several times, as it was edited: takes out those that another
// account than the item's says are it.  `place`: first_places() of the items, who are found there.  Answers
// as part_colliding.
Result<std::vector<std::string>> part_from_others(std::vector<sources::Item>& items,
                                                  const std::vector<std::size_t>& place,
                                                  std::string_view page, Catalogue& catalogue);

}  // namespace muniment::collect
