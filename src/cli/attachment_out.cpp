#include "cli/attachment_out.hpp"

#include <charconv>

namespace muniment::cli {

Result<AttachmentAsked> attachment_asked(const Arguments& arguments) {
  AttachmentAsked asked{arguments.get("ID"), 0, arguments.get("out")};
  const auto text = arguments.get("NUMBER");
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), asked.number);
  if (wrong != std::errc{} || end != text.data() + text.size())
    return Error{Code::kInvalid, "an attachment is named by its number, from 0"};
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(asked.file, ignored)))
    return Error{Code::kConflict, asked.file.string() + " exists already; nothing was written",
                 "name a file that does not exist yet"};
  return asked;
}

}  // namespace muniment::cli
