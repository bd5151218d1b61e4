#include "collect/append_once.hpp"

#include <optional>

namespace muniment::collect {
namespace {

using ledger::Seq;

constexpr int kTries = 3;
constexpr std::chrono::milliseconds kPause{250};

Result<std::optional<Seq>> find(ledger::Reader& reader, Seq from, Seq end, const IsOurs& is_ours) {
  std::optional<Seq> found;
  auto read = reader.each(from, end, [&](const ledger::Entry& entry, const records::Body* body) {
    if (body != nullptr && is_ours(entry, *body)) found = entry.seq;
    return !found;
  });
  if (!read) return read.error();
  return found;
}

}  // namespace

Result<Seq> append_once(ledger::Appender& appender, ledger::Reader& reader, base::Clock& clock,
                        const ledger::Appender::Compose& compose, const IsOurs& is_ours) {
  std::optional<Seq> earliest;  // where our entries can stand at the earliest
  for (int attempt = 1;; ++attempt) {
    std::optional<Seq> found;
    const auto outcome = appender.append([&](const ledger::Head& head) -> Result<std::vector<ledger::Draft>> {
      if (earliest && attempt > 1) {
        const auto there = find(reader, *earliest, head.size, is_ours);
        if (!there) return there.error();
        found = *there;
        if (found) return std::vector<ledger::Draft>{};
      }
      if (!earliest) earliest = head.size;
      return compose(head);
    });
    if (outcome) return found.value_or(outcome->before.size);
    const auto code = outcome.error().code;
    if (attempt == kTries || (code != Code::kIo && code != Code::kUnavailable)) return outcome.error();
    clock.sleep(kPause * attempt);
  }
}

}  // namespace muniment::collect
