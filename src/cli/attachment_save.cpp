#include <array>
#include <charconv>
#include <ostream>

#include "app/attachments.hpp"
#include "base/file.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kOperands = {
    Operand{"ID", "the number of an entry, or the platform's identifier of an item"},
    Operand{"NUMBER", "which attachment, from 0, as `muniment show` counts them"}};
constexpr std::array kOptions = {
    Option{"--out", "FILE", "where to write it; a file that does not exist yet", true},
};

Result<int> run_attachment_save(const Arguments& arguments, Terminal& terminal) {
  const auto text = arguments.get("NUMBER");
  std::uint16_t number = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (wrong != std::errc{} || end != text.data() + text.size())
    return Error{Code::kInvalid, "an attachment is named by its number, from 0"};
  const std::filesystem::path file = arguments.get("out");
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored)))
    return Error{Code::kConflict, file.string() + " exists already; nothing was written",
                 "name a file that does not exist yet"};
  auto archive = open_archive(arguments, app::Access::kRead);
  if (!archive) return archive.error();
  const auto bytes = app::read_attachment(*archive, arguments.get("ID"), number);
  if (!bytes) return bytes.error();
  if (auto done = base::write_durably(file, *bytes, base::Mode::kPrivate); !done) return done.error();
  terminal.out << bytes->size() << " bytes written to " << base::for_terminal(file.string())
               << "; they are the bytes that were sealed\n";
  return 0;
}

}  // namespace

const Command kAttachmentSave = {"attachment save",
                                 "write an attachment out of the archive, as it was sealed",
                                 "Its bytes are checked against the SHA-256 in its entry first.",
                                 kOperands,
                                 kOptions,
                                 run_attachment_save};

}  // namespace muniment::cli
