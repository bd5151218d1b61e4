#include <ostream>

#include "app/attachments.hpp"
#include "base/file.hpp"
#include "base/utf8.hpp"
#include "cli/attachment_out.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

Result<int> run_attachment_save(const Arguments& arguments, Terminal& terminal) {
  const auto asked = attachment_asked(arguments);
  if (!asked) return asked.error();
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  const auto bytes = app::read_attachment(*archive, asked->id, asked->number);
  if (!bytes) return bytes.error();
  if (auto done = base::write_durably(asked->file, *bytes, base::Mode::kPrivate); !done) return done.error();
  terminal.out << bytes->size() << " bytes written to " << base::for_terminal(asked->file.string())
               << "; they are the bytes that were sealed\n";
  return 0;
}

}  // namespace

const Command kAttachmentSave = {"attachment save",
                                 "write an attachment out of the archive, as it was sealed",
                                 "Its bytes are checked against the SHA-256 in its entry first.",
                                 kAttachmentOperands,
                                 kAttachmentOptions,
                                 run_attachment_save};

}  // namespace muniment::cli
