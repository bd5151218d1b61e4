#include "cli/attached.hpp"

namespace muniment::cli {

using State = app::AttachmentStory::State;

std::string_view attachment_state(const app::AttachmentStory& one) {
  switch (one.state) {
    case State::kSupplied:
      return "supplied";
    case State::kHeld:
      return "held";
    case State::kNeverAsked:
      return "never-asked";
    case State::kLater:
      return "later";
    case State::kRefused:
      return "refused";
  }
  return {};
}

std::string attached_text(const app::AttachmentStory& one) {
  const auto number = std::to_string(one.number) + ": ";
  const auto entry = " (entry " + std::to_string(one.entry) + ")";
  switch (one.state) {
    case State::kSupplied:
    case State::kHeld:
      return number + one.type + ", " + one.size + " bytes, " +
             (one.actor.empty() ? "fetched " + one.fetched : "supplied by " + one.actor + ", not captured") +
             entry;
    case State::kNeverAsked:
      return number + "not fetched: nobody has asked for it";
    case State::kLater:
      return number + "not fetched: " + one.words + "; to be asked for again after " + one.again + entry;
    case State::kRefused:
      return number + "not fetched: " + one.words + entry;
  }
  return {};
}

std::string attached_note(const app::AttachmentStory& one) {
  return one.named + (one.alt.empty() ? "" : ": " + one.alt);
}

}  // namespace muniment::cli
