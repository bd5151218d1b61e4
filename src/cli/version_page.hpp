// What `muniment show` tells of one version of an item.
#pragma once

#include "app/find.hpp"
#include "cli/page_lines.hpp"

namespace muniment::cli {

// Of story.versions[i]: the first with its text, each later one with what changed.
void print_version(PageLines& page, const app::Story& story, std::size_t i);

}  // namespace muniment::cli
