// Whose export it is, for formats whose items do not say it.
#pragma once

#include <string_view>

#include "sources/saved.hpp"

namespace muniment::sources {

// An account with nothing in it where no other file of the export said so.
inline records::Account owner_in(const SavedContext& context, std::string_view platform) {
  const auto found = context.owners.find(platform);
  return found == context.owners.end() ? records::Account{} : found->second;
}

}  // namespace muniment::sources
