// What a person types in: a call, a visit to the counter, a letter, put into the shape of a capture.
// docs/formats/capture.md is normative.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/seams.hpp"
#include "ledger/entry.hpp"
#include "muniment/result.hpp"

namespace muniment::collect {

inline constexpr std::size_t kMostContactText = 1U << 20;
inline constexpr std::size_t kMostSuppliedFiles = 20;
inline constexpr std::uint64_t kMostSuppliedBytes = 64U << 20;  // all files of one contact together
inline constexpr std::chrono::hours kWrittenDownWithin{24};     // else an entry is late

std::span<const std::string_view> contact_channels();  // "phone", "counter" …

struct SuppliedFile {
  std::string name;   // as the officer's disk called it
  std::string bytes;  // at most ledger::kMostAttachmentBytes
};

struct Contact {
  std::string channel;
  bool incoming = true;    // the public spoke to the body
  base::Time happened{};   // as the person who wrote it down says
  bool day_only = false;   // only its day is known; `happened` is that day's beginning
  base::Time written{};    // when it was first written down, likewise
  std::string actor;       // who enters it
  std::string written_by;  // who wrote it down, when somebody else
  std::string person;      // name, as that person gave it
  std::string handle;      // account, number or address, likewise
  std::string summary;     // what it was about
  std::string text;
  std::string late_reason;  // given: the entry is late, whatever the clock says
  std::chrono::hours late_after = kWrittenDownWithin;
  std::vector<SuppliedFile> files;
};

// Why the entry is a late one, in a sentence; nothing when it is not.  Late is what was written down, or
// entered, more than `late_after` after it happened, or after it was written down; a day without an hour
// counts from its end.
std::optional<std::string> late_because(const Contact& contact, base::Time now);

// kInvalid says what cannot be accepted: no such channel, nothing said, times in the wrong order or to come,
// too much, not UTF-8.
Status check_contact(const Contact& contact, base::Time now);

// Precondition: check_contact() found nothing.  Draws the names of its attachments anew each time; `id` tells
// it from every other contact.
ledger::Draft contact_draft(const Contact& contact, const std::string& id, base::Time now,
                            base::Entropy& entropy);

}  // namespace muniment::collect
