// One answer as entries of the ledger: the exchange, the items in it that are new or changed, and what it
// says of items that are gone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "collect/answer.hpp"
#include "collect/catalogue.hpp"
#include "collect/exchange.hpp"
#include "ledger/appender.hpp"
#include "ledger/reader.hpp"

namespace muniment::collect {

// Where answers go.
struct Ledgers {
  ledger::Appender& appender;
  ledger::Reader& reader;  // over the same ledger
  Catalogue& catalogue;
  base::Clock& clock;
};

// An item that an earlier exchange said is gone, now asked for once more.
struct SaidBefore {
  std::string id;
  ledger::Seq exchange = 0;
};

struct AppendedAnswer {
  ledger::Seq exchange = 0;
  PageCounts counts;
  std::uint64_t deleted = 0;
  std::uint64_t unavailable = 0;
  std::vector<std::string> collided;  // as PageEntries
  std::vector<std::string> parted;    // likewise
};

// All or nothing, and once however often the disk makes us try. `before`: a deletion is recorded only when it
// is there.  Errors as append_once.
Result<AppendedAnswer> append_answer(const SourceSettings& source, const ExchangeFacts& facts,
                                     const std::string& page, const sources::Reading& reading,
                                     const std::optional<SaidBefore>& before, const Ledgers& ledgers);

}  // namespace muniment::collect
