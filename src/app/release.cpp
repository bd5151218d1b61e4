#include "app/release.hpp"

#include <memory>

#include "app/find.hpp"
#include "base/time.hpp"
#include "collect/exchange.hpp"
#include "foi/searched.hpp"
#include "muniment/exporters.hpp"
#include "schema/schema.hpp"

namespace muniment::app {

Result<foi::Seqs> entries_of_item(Archive& archive, const std::string& id) {
  // All that is held of the item is disclosed.
  const auto story = show_whole(archive, id);
  if (!story && story.error().code == Code::kNotFound) return foi::Seqs{};
  if (!story) return story.error();
  foi::Seqs seqs;
  for (const auto& version : story->versions) seqs.push_back(version.seq);
  for (const auto& event : story->events) seqs.push_back(event.seq);
  return seqs;
}

namespace {

constexpr std::size_t kMostVersions = 1000;  // of one item, the newest

// What the searches found, where no record is named.
Status name_what_was_found(Archive& archive, const foi::Regime& regime, foi::Request& typed) {
  if (!typed.records.empty() || typed.searches.empty()) return {};
  const auto searches = foi::parse_searches(typed, regime);
  if (!searches) return searches.error();
  const auto found = foi::found_by(archive.reader(), *searches);
  if (!found) return found.error();
  if (!found->empty()) typed.records = {foi::numbers_text(*found)};
  return {};
}

// As complete as the ledger: an earlier disclosure that the index lacked would not be looked at.
Result<foi::Register> register_of(Archive& archive) {
  auto opened = archive.catalogue();
  if (!opened) return opened.error();
  const auto catalogue = std::make_shared<index::Catalogue>(*std::move(opened));
  return foi::Register{[catalogue] { return catalogue->registered(ledger::kind::kDisclosure); },
                       [catalogue] { return catalogue->registered(ledger::kind::kSearch); },
                       [catalogue](std::string_view platform, std::string_view id) {
                         return catalogue->holders(catalogue->keys().item(platform, id), kMostVersions);
                       }};
}

}  // namespace

Result<ReleaseAnswer> release(Archive& archive, const ReleaseWishes& wishes) {
  const auto regime = foi::Regime::parse(schema::regime_uk_foia_toml);
  if (!regime) return regime.error();
  auto typed = wishes.selection;
  if (auto named = name_what_was_found(archive, *regime, typed); !named) return std::move(named).error();
  auto records = with_items_named(archive, std::move(typed.records));
  if (!records) return records.error();
  typed.records = *std::move(records);
  const auto selection = foi::parse_selection(
      typed, *regime, [&](const std::string& id) { return entries_of_item(archive, id); });
  if (!selection) return selection.error();
  const auto& settings = archive.settings();
  const foi::Occasion occasion{
      wishes.request, settings.authority,           wishes.actor,     base::to_rfc3339(archive.clock().now()),
      wishes.policy,  std::string(collect::kAgent), settings.timezone};
  ReleaseAnswer answer;
  const auto checkpoint = [&](ledger::Seq) {
    auto note = archive.sign();
    if (note) answer.checkpoint = *note;
    return note;
  };
  auto known = register_of(archive);
  if (!known) return known.error();
  foi::Desk desk{archive.reader(), archive.appender(), checkpoint, exporters::write_disclosure,
                 *std::move(known)};
  if (wishes.preview) {
    auto preview = foi::preview(desk, *selection, *regime, occasion);
    if (!preview) return preview.error();
    answer.plan = std::move(preview->plan);
    answer.refusal = std::move(preview->refusal);
    return answer;
  }
  auto made = foi::disclose(desk, *selection, *regime, occasion, wishes.folder);
  // Whatever became of the bundle, an entry that was appended is signed and searchable.
  answer.remarks = archive.sign_and_index();
  if (!made) return made.error();
  answer.plan = std::move(made->plan);
  answer.entry = made->entry;
  return answer;
}

}  // namespace muniment::app
