#include <ostream>

#include "app/thumbnail.hpp"
#include "base/file.hpp"
#include "base/utf8.hpp"
#include "cli/attachment_out.hpp"
#include "cli/commands.hpp"
#include "cli/notes.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

Result<int> run_attachment_thumbnail(const Arguments& arguments, Terminal& terminal) {
  const auto asked = attachment_asked(arguments);
  if (!asked) return asked.error();
  auto archive = open_archive(arguments, app::Access::kRead, terminal);
  if (!archive) return archive.error();
  const auto answer =
      app::thumbnail_of(*archive, asked->id, asked->number, app::installed_thumbnail_program());
  if (!answer) return answer.error();
  if (auto done = base::write_durably(asked->file, answer->png, base::Mode::kPrivate); !done)
    return done.error();
  print_notes(terminal.err, answer->remarks);
  terminal.out << "a small picture written to " << base::for_terminal(asked->file.string()) << ", "
               << answer->png.size() << " bytes" << (answer->was_kept ? ", as it was made before" : "")
               << "; it is derived, and no evidence\n";
  return 0;
}

}  // namespace

const Command kAttachmentThumbnail = {
    "attachment thumbnail",
    "write a small picture of an attachment, without what its maker noted in it",
    "A PNG of at most 256 pixels either way, of a JPEG, PNG, GIF or still WebP of at most 50 million "
    "pixels.\n"
    "Nothing but its pixels comes out of the picture: no place, no time, no camera (EXIF).\n"
    "A program of its own, muniment-thumbnail, reads the picture; it is shut in first, and can do no harm.\n"
    "What was made is kept in the index, and is gone as soon as the file can be unsealed no more.",
    kAttachmentOperands,
    kAttachmentOptions,
    run_attachment_thumbnail};

}  // namespace muniment::cli
