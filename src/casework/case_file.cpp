#include "casework/case_file.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/file.hpp"
#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "bundle/bag.hpp"
#include "casework/case_builder.hpp"

namespace muniment::casework {
namespace {

constexpr std::uint64_t kLargestManifest = std::uint64_t{64} << 20U;

// Cites every version, a line each.
std::string citations(const CaseFile& file) {
  std::map<ledger::Seq, std::string> lines;
  for (const auto& record : file.records)
    for (const auto& version : record.versions)
      lines[version.seq] = std::to_string(version.seq) + " " + version.leaf_hash + "\n";
  std::string out;
  for (const auto& [seq, line] : lines) out += line;
  return out;
}

Result<ledger::Seq> record_it(CaseDesk& desk, const CaseFile& file, const std::string& manifest) {
  records::BodyBuilder body;
  body.add_text("title", file.title)
      .add("records", citations(file))
      .add("manifest.sha256", base::to_hex(base::sha256(manifest)))
      .add("made", file.made)
      .add("agent", file.agent);
  body.add_text("actor", file.actor);
  const auto appended = desk.appender.append({std::string(ledger::kind::kCaseFile), body.build()});
  if (!appended) return appended.error();
  return appended->before.size;
}

}  // namespace

Result<CaseFile> build_case_file(CaseDesk& desk, const Seqs& records, const Cover& cover) {
  if (records.empty())
    return Error{Code::kInvalid, "a case file needs records", "name them with --records 12,15-20"};
  if (cover.title.empty()) return Error{Code::kInvalid, "a case file needs a title", "give one with --title"};
  if (base::for_terminal(cover.title) != cover.title)
    return Error{Code::kInvalid, "the title is not one line of plain text; nothing was recorded",
                 "leave out line feeds, tabs and other control characters; it must be UTF-8"};
  CaseFile file;
  file.title = cover.title;
  file.authority = cover.authority;
  file.origin = desk.reader.origin();
  file.made = cover.made;
  file.actor = cover.actor;
  file.agent = cover.agent;
  file.timezone = cover.timezone;
  CaseBuilder builder(desk, file);
  for (const auto seq : records)
    if (auto added = builder.add(seq); !added) return std::move(added).error();
  if (auto covered = builder.add_coverage(); !covered) return std::move(covered).error();
  std::stable_sort(file.records.begin(), file.records.end(),
                   [](const CaseRecord& a, const CaseRecord& b) { return a.order < b.order; });
  return file;
}

Result<ledger::Seq> make_case_file(CaseDesk& desk, const Seqs& records, const Cover& cover,
                                   const std::filesystem::path& folder) {
  const auto file = build_case_file(desk, records, cover);
  if (!file) return file.error();
  auto bag = bundle::Bag::begin(folder, {cover.authority, cover.title, "Case file, for inside use",
                                         cover.made.substr(0, 10), cover.agent});
  if (!bag) return std::move(bag).error();
  if (auto written = desk.write(*file, **bag); !written) return std::move(written).error();
  std::optional<ledger::Seq> entry;
  // The entry cites the manifest, so it is appended when the bag is finished and before it has its name.
  const auto finished = (*bag)->finish([&](const std::filesystem::path& part) -> Status {
    const auto manifest = base::read_file(part / "manifest-sha256.txt", kLargestManifest);
    if (!manifest) return manifest.error();
    const auto appended = record_it(desk, *file, *manifest);
    if (!appended) return appended.error();
    entry = *appended;
    return {};
  });
  if (!finished && entry)
    return wrap(finished.error(),
                "the case file was recorded as entry " + std::to_string(*entry) + ", but no folder was made");
  if (!finished) return finished.error();
  return *entry;
}

}  // namespace muniment::casework
