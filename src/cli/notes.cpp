#include "cli/notes.hpp"

#include <ostream>

#include "base/utf8.hpp"

namespace muniment::cli {

void print_notes(std::ostream& err, const std::vector<std::string>& sentences) {
  for (const auto& sentence : sentences) err << "note: " << base::for_terminal(sentence) << '\n';
}

}  // namespace muniment::cli
