// Makes a disclosure: decides, records the decision in the ledger, writes the bundle, and lets the release
// gate look at it before it gets its name.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "bundle/bag.hpp"
#include "foi/earlier.hpp"
#include "foi/plan.hpp"
#include "foi/vocabulary.hpp"
#include "ledger/appender.hpp"
#include "muniment/disclosure.hpp"

namespace muniment::foi {

// Signs, or finds, a checkpoint over at least `size` entries.
using Checkpoint = std::function<Result<std::string>(ledger::Seq size)>;

struct Desk {
  ledger::Reader& reader;
  ledger::Appender& appender;
  Checkpoint checkpoint;
  WriteDisclosure write;  // exporters::write_disclosure
  Register known;
};

struct Made {
  ledger::Seq entry = 0;  // the disclosure entry
  Plan plan;
};

struct Preview {
  Plan plan;
  std::optional<Error> refusal;  // kDenied: the gate would refuse it, and why
};

// What would be disclosed, and what the gate says to it, in memory; nothing is written anywhere.  Errors as
// make_plan.
Result<Preview> preview(Desk& desk, const Selection& selection, const Regime& regime,
                        const Occasion& occasion);

// Everything is tried in memory first, and the gate looks at that: a refusal then leaves nothing anywhere.
// After that the disclosure entry is appended, the checkpoint signed, the bundle written to `folder` and
// looked at by the gate on disk.
//
// kDenied    the gate refuses, and names the record and field that say what is withheld; no bundle was left.
// kConflict  `folder` exists.
// Others as make_plan, Appender::append, Bag.  Once the entry is appended, an error says so: it stays in the
// ledger, and running the command again records another.
Result<Made> disclose(Desk& desk, const Selection& selection, const Regime& regime, const Occasion& occasion,
                      const std::filesystem::path& folder);

}  // namespace muniment::foi
