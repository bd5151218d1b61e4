#include "cli/index_watch.hpp"

#include <memory>
#include <optional>
#include <ostream>

#include "cli/progress.hpp"

namespace muniment::cli {
namespace {

using index::MadeAnew;
using ledger::Seq;

constexpr Seq kSoonMade = 20'000;  // entries

std::string_view words_for(MadeAnew why) {
  switch (why) {
    case MadeAnew::kOtherVersion:
      return "The search index was made by another version of muniment; it is being built anew from the "
             "ledger.";
    case MadeAnew::kMissing:
      return "There is no search index yet; it is being built from the ledger.";
    case MadeAnew::kUnsound:
    case MadeAnew::kNot:
      break;
  }
  return "The search index could not be used; it is being built anew from the ledger.";
}

}  // namespace

app::IndexWatch index_watch(Terminal& terminal) {
  auto line = std::make_shared<std::optional<ProgressLine>>();
  return [line, &terminal](MadeAnew why, Seq position, Seq size) {
    if (why == MadeAnew::kMissing && size < kSoonMade) return;
    if (position == 0) {
      terminal.err << words_for(why) << "  Nothing in the records changes.\n" << std::flush;
      line->emplace(terminal);
    }
    if (!*line) return;
    (*line)->show("indexing: entry " + std::to_string(position) + " of " + std::to_string(size));
    if (position >= size) line->reset();
  };
}

}  // namespace muniment::cli
