// The words in which a screen tells of a file that an item names.
#pragma once

#include <string>
#include <string_view>

#include "app/attachments.hpp"

namespace muniment::cli {

// "supplied", "held", "never-asked", "later", "refused": for programs.
std::string_view attachment_state(const app::AttachmentStory& one);

// "0: image/png, 2041 bytes, held (entry 17)"
std::string attached_text(const app::AttachmentStory& one);
// What it shows and where it was.
std::string attached_note(const app::AttachmentStory& one);

}  // namespace muniment::cli
