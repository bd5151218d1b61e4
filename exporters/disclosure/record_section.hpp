// An article of the page for each entry, and the line of the schedule that leads to it.
#pragma once

#include <string>

#include "muniment/disclosure.hpp"

namespace muniment::exporters {

std::string schedule_row(const DisclosedEntry& entry, std::size_t number);

// `disclosure` is asked whether other entries, to which this one refers, are in it too.
std::string record_article(const Disclosure& disclosure, const DisclosedEntry& entry, std::size_t number);

// The same for the entries that are there to prove: the genesis, the disclosure itself.
std::string supporting_article(const DisclosedEntry& entry);

}  // namespace muniment::exporters
