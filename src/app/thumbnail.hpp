// A small picture of a file that the archive holds, made when somebody asks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/archive.hpp"
#include "app/thumbnail_program.hpp"

namespace muniment::app {

struct ThumbnailAnswer {
  std::string png;
  bool was_kept = false;             // it was made before
  std::vector<std::string> remarks;  // why it could not be kept for the next time
};

// `id`, `number`: as for read_attachment.  What was made is kept in the index only, sealed under the secret
// of the entry whose file it is: what cannot be unsealed any more has no picture either.  Errors as
// read_attachment and make_thumbnail; with kNotFound nothing stays kept of any file that is gone.
Result<ThumbnailAnswer> thumbnail_of(Archive& archive, const std::string& id, std::uint16_t number,
                                     const ThumbnailProgram& program);

}  // namespace muniment::app
