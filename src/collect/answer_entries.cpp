#include "collect/answer_entries.hpp"

#include "base/sha256.hpp"
#include "collect/absence.hpp"
#include "collect/append_once.hpp"

namespace muniment::collect {
namespace {

using ledger::Draft;
using sources::Fate;

// May this verdict be recorded now?
bool is_settled(const sources::Verdict& verdict, const std::optional<SaidBefore>& before) {
  if (verdict.fate == Fate::kBarred) return true;
  return verdict.fate == Fate::kGone && before && before->id == verdict.id;
}

class Composer {
 public:
  Composer(const SourceSettings& source, const ExchangeFacts& facts, const std::string& page,
           const sources::Reading& reading, const std::optional<SaidBefore>& before, const Ledgers& ledgers)
      : source_(source), facts_(facts), page_(page), reading_(reading), before_(before), ledgers_(ledgers) {}

  Result<std::vector<Draft>> compose(const ledger::Head& head) {
    if (auto ready = ledgers_.catalogue.at(head.size); !ready) return ready.error();
    auto entries =
        compose_page(head.size, facts_, page_, reading_.items, ledgers_.catalogue, ledgers_.reader);
    if (!entries) return entries.error();
    out_ = {0, entries->counts, 0, 0, std::move(entries->collided), std::move(entries->parted)};
    for (const auto& verdict : reading_.verdicts) {
      if (!is_settled(verdict, before_)) continue;
      if (auto added = add(verdict, head, entries->drafts); !added) return added.error();
    }
    return std::move(entries->drafts);
  }

  const AppendedAnswer& out() const { return out_; }

 private:
  Status add(const sources::Verdict& verdict, const ledger::Head& head, std::vector<Draft>& drafts) {
    AbsenceFacts said{source_.name, source_.platform, facts_.fetched, {head.size}};
    if (verdict.fate == Fate::kGone) said.exchanges.insert(said.exchanges.begin(), before_->exchange);
    auto absence = absence_of(verdict, said, ledgers_.catalogue, ledgers_.reader);
    if (!absence) return absence.error();
    if (!*absence) return {};
    ++(verdict.fate == Fate::kGone ? out_.deleted : out_.unavailable);
    ledgers_.catalogue.note(source_.platform, verdict.id, (*absence)->known);
    drafts.push_back(std::move((*absence)->draft));
    return {};
  }

  const SourceSettings& source_;
  const ExchangeFacts& facts_;
  const std::string& page_;
  const sources::Reading& reading_;
  const std::optional<SaidBefore>& before_;
  const Ledgers& ledgers_;
  AppendedAnswer out_;
};

}  // namespace

Result<AppendedAnswer> append_answer(const SourceSettings& source, const ExchangeFacts& facts,
                                     const std::string& page, const sources::Reading& reading,
                                     const std::optional<SaidBefore>& before, const Ledgers& ledgers) {
  Composer composer(source, facts, page, reading, before, ledgers);
  const auto digest = base::to_hex(base::sha256(page));
  const auto first = append_once(
      ledgers.appender, ledgers.reader, ledgers.clock,
      [&](const ledger::Head& head) { return composer.compose(head); },
      [&](const ledger::Entry& entry, const records::Body& body) {
        return entry.kind == ledger::kind::kExchange && records::value_of(body, "source") == source.name &&
               records::bytes_of(body, "url") == facts.url &&
               records::value_of(body, "started") == facts.started &&
               records::value_of(body, "fetched") == facts.fetched &&
               records::value_of(body, "payload.sha256") == digest;
      });
  if (!first) return first.error();
  auto out = composer.out();
  out.exchange = *first;
  return out;
}

}  // namespace muniment::collect
