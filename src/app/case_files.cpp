#include "app/case_files.hpp"

#include "app/find.hpp"
#include "app/release.hpp"
#include "base/time.hpp"
#include "casework/case_file.hpp"
#include "collect/exchange.hpp"
#include "muniment/exporters.hpp"
#include "schema/schema.hpp"

namespace muniment::app {

Result<Recorded> make_case_file(Archive& archive, const CaseWishes& wishes) {
  const auto regime = foi::Regime::parse(schema::regime_uk_foia_toml);
  if (!regime) return regime.error();
  const auto records = with_items_named(archive, wishes.records);
  if (!records) return records.error();
  const auto selection = foi::parse_selection(
      {*records, {}, {}, {}}, *regime, [&](const std::string& id) { return entries_of_item(archive, id); });
  if (!selection) return selection.error();
  const auto& settings = archive.settings();
  const casework::Cover cover{wishes.title,      settings.authority,
                              wishes.actor,      std::string(collect::kAgent),
                              settings.timezone, base::to_rfc3339(archive.clock().now())};
  const auto entries_of = [&](ledger::Seq seq) { return entries_of_item(archive, std::to_string(seq)); };
  casework::CaseDesk desk{archive.reader(), archive.appender(), entries_of, exporters::write_case_file};
  const auto entry = casework::make_case_file(desk, selection->records, cover, wishes.folder);
  // Whatever became of the folder, an entry that was appended is signed and searchable.
  auto remarks = archive.sign_and_index();
  if (!entry) return entry.error();
  return Recorded{*entry, std::move(remarks)};
}

}  // namespace muniment::app
