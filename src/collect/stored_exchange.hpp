// An exchange as the ledger holds it, its page put together again: frame, and the items in their places.
// docs/formats/capture.md is normative.
#pragma once

#include <string>
#include <vector>

#include "collect/exchange.hpp"
#include "ledger/reader.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

struct StoredExchange {
  ledger::Seq seq = 0;
  ExchangeFacts facts;  // as they were composed; `headers` as they were kept
  std::string page;
  std::vector<ledger::Seq> holders;  // entries whose bytes stand in the page, each once, ascending
};

// kNotFound: no such exchange, or an item of its page was disposed of; kCorrupt: its frame does not fit
// together.
Result<StoredExchange> stored_exchange(ledger::Reader& reader, ledger::Seq seq);

// The answer that it was; views into `exchange`.
sources::Answer answer_of(const StoredExchange& exchange);

}  // namespace muniment::collect
