// What commands are told that write something of an attachment into a file.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

#include "cli/command.hpp"

namespace muniment::cli {

inline constexpr std::array kAttachmentOperands = {
    Operand{"ID", "the number of an entry, or an item: its identifier, or PLATFORM:IDENTIFIER"},
    Operand{"NUMBER", "which attachment, from 0, as `muniment show` counts them"}};
inline constexpr std::array kAttachmentOptions = {
    Option{"--out", "FILE", "where to write it; a file that does not exist yet", true},
};

struct AttachmentAsked {
  std::string id;
  std::uint16_t number = 0;
  std::filesystem::path file;
};

// kInvalid: not a number; kConflict: the file exists.
Result<AttachmentAsked> attachment_asked(const Arguments& arguments);

}  // namespace muniment::cli
