#include "support/release_desk.hpp"

#include <algorithm>
#include <stdexcept>

#include "muniment/exporters.hpp"
#include "support/temp_folder.hpp"

namespace muniment::support {

foi::Regime uk_foia() {
  auto regime = foi::Regime::parse(contents(MUNIMENT_SOURCE_DIR "/schema/regime-uk-foia.toml"));
  if (!regime) throw std::runtime_error(regime.error().what);
  return *std::move(regime);
}

ReleaseDesk::ReleaseDesk()
    : occasion{"FOI/2026/7",      "Wexcombe Town Council", "Ines Calloway", "2026-09-21T14:13:20.000Z",
               "Scheme 4 para 2", "muniment 0.1.0",        "Europe/London"},
      regime(uk_foia()),
      write(exporters::write_disclosure) {
  key_ = ledger.signer().verifier_key();
  records::BodyBuilder body;
  body.add("origin", kTestOrigin).add("authority", occasion.authority).add("log.vkey", key_);
  if (!ledger.appender().append({std::string(ledger::kind::kGenesis), body.build()}))
    throw std::runtime_error("the genesis entry");
}

records::Interaction ReleaseDesk::post(const std::string& id, const std::string& handle,
                                       const std::string& name, const std::string& text) const {
  records::Interaction item;
  item.platform = "mastodon";
  item.id = "https://social.example/users/" + handle + "/statuses/" + id;
  item.url = "https://social.example/@" + handle + "/" + id;
  item.type = "post";
  item.author = {"https://social.example/users/" + handle, handle + "@social.example", name,
                 "https://social.example/@" + handle};
  item.posted = "2026-09-20T10:00:00.000Z";
  item.text = text;
  item.lang = "en";
  return item;
}

ledger::Seq ReleaseDesk::add(const records::Interaction& item, const std::string& raw, std::string_view kind,
                             const std::string& of) {
  records::BodyBuilder body;
  records::add_fields(body, records::Interaction(item));
  body.add("fetched", "2026-09-20T10:05:00.000Z").add("source", "town-mastodon").add("of", of);
  body.add_bytes("raw", raw);
  ledger.clock.advance(std::chrono::seconds(1));
  const auto appended = ledger.appender().append({std::string(kind), body.build()});
  if (!appended) throw std::runtime_error(appended.error().what);
  return appended->before.size;
}

foi::Desk ReleaseDesk::desk() {
  return {
      ledger.reader(),
      ledger.appender(),
      [this](ledger::Seq) -> Result<std::string> { return ledger.sign(); },
      write,
      {[this]() -> Result<foi::Seqs> {
         return those([](const auto& entry, const auto&) { return entry.kind == ledger::kind::kDisclosure; });
       },
       [this]() -> Result<foi::Seqs> {
         return those([](const auto& entry, const auto&) { return entry.kind == ledger::kind::kSearch; });
       },
       [this](std::string_view platform, std::string_view id) -> Result<foi::Seqs> {
         return those([=](const auto&, const auto& body) {
           return records::value_of(body, "platform") == platform && records::value_of(body, "id") == id;
         });
       }}};
}

foi::Seqs ReleaseDesk::those(const std::function<bool(const ledger::Entry&, const records::Body&)>& is_one) {
  foi::Seqs found;
  const auto read = ledger.reader().each(0, ledger.reader().head()->size,
                                         [&](const ledger::Entry& entry, const records::Body* body) {
                                           if (body != nullptr && is_one(entry, *body))
                                             found.push_back(entry.seq);
                                           return true;
                                         });
  if (!read) throw std::runtime_error(read.error().what);
  return found;
}

Result<foi::Selection> ReleaseDesk::select(foi::Request typed) {
  if (typed.records.empty() && typed.searches.empty())
    typed.records = {"1-" + std::to_string(ledger.reader().head()->size - 1)};
  return foi::parse_selection(typed, regime, [this](const std::string& id) -> Result<foi::Seqs> {
    foi::Seqs found;
    for (ledger::Seq seq = 0; seq < ledger.reader().head()->size; ++seq)
      if (const auto body = ledger.reader().body(seq); body && records::value_of(*body, "id") == id)
        found.push_back(seq);
    return found;
  });
}

Result<foi::Made> ReleaseDesk::disclose(foi::Request typed, const std::string& name) {
  const auto selection = select(std::move(typed));
  if (!selection) return selection.error();
  auto here = desk();
  return foi::disclose(here, *selection, regime, occasion, folder(name));
}

Result<foi::Preview> ReleaseDesk::preview(foi::Request typed) {
  const auto selection = select(std::move(typed));
  if (!selection) return selection.error();
  auto here = desk();
  return foi::preview(here, *selection, regime, occasion);
}

std::string ReleaseDesk::file(const std::string& path, const std::string& name) const {
  return contents(folder(name) / path);
}

foi::Plan plan_of(ReleaseDesk& desk, const foi::Request& typed, const std::string& out) {
  auto made = desk.disclose(typed, out);
  if (!made) throw std::runtime_error(made.error().what);
  return std::move(made->plan);
}

const foi::PlannedField& field(const foi::Plan& plan, ledger::Seq seq, const std::string& name) {
  for (const auto& entry : plan.entries)
    if (entry.entry.seq == seq)
      if (const auto* planned = entry.find(name)) return *planned;
  throw std::runtime_error("no field " + name);
}

bool has(const std::vector<foi::Remark>& remarks, ledger::Seq seq, const std::string& name) {
  return std::ranges::any_of(
      remarks, [&](const foi::Remark& remark) { return remark.seq == seq && remark.field == name; });
}

std::string shown(const foi::Plan& plan) {
  std::string out;
  for (const auto& entry : plan.entries)
    for (const auto& planned : entry.fields) out += planned.shown() + "\n";
  return out;
}

}  // namespace muniment::support
