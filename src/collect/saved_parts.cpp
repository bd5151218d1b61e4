#include "collect/saved_parts.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "collect/damage.hpp"
#include "collect/saved_looks.hpp"
#include "sources/beginning.hpp"

namespace muniment::collect {
namespace {

constexpr std::size_t kChunk = 1U << 20;

Result<std::unique_ptr<base::ByteStream>> opened(const SavedPath& file) {
  if (file.spool) return file.spool->open();
  return base::open_stream(file.path);
}

std::string shown(const std::filesystem::path& path) {
  return base::to_valid_utf8(path.filename().string());
}

}  // namespace

struct SavedFiles::Level {
  std::string name;
  bool has_large_window = false;
  std::unique_ptr<base::ByteStream> rejoined;  // of a container within another
  std::unique_ptr<containers::Container> container;
};

struct SavedFiles::File {
  File(base::ByteStream& from, std::string called) : stream(from), name(std::move(called)) {}

  // Holds another chunk of the stream, or what is left of it.
  Status fill() {
    auto at = held.size();
    held.resize(at + kChunk);
    Status status;
    while (at < held.size() && !ended) {
      const auto count = stream.read(std::span(held).subspan(at));
      if (!count) status = count.error();
      ended = count.value_or(0) == 0;
      at += count.value_or(0);
    }
    held.resize(at);
    return status;
  }

  base::ByteStream& stream;
  std::string name;
  std::string crawled;
  sources::Format format = nullptr;
  Error unread;
  std::unique_ptr<sources::Cutter> cutter;
  std::string held;  // the file's beginning at first, then what was not given out
  std::vector<sources::Slice> records;
  std::uint64_t offset = 0;
  std::uint64_t parts = 0;
  bool named = false;
  bool looked = false;  // at the beginning
  bool ended = false;   // nothing more comes …
  bool done = false;    // … and all was given out
  std::string head;
};

SavedFiles::SavedFiles(std::vector<SavedPath> paths, SavedWishes wishes, std::size_t first)
    : paths_(std::move(paths)), wishes_(std::move(wishes)), at_(first), paths_done_(first) {}
SavedFiles::~SavedFiles() = default;

void SavedFiles::leave(std::string name, Error why, bool is_private) {
  left_.push_back({std::move(name), std::move(why), is_private});
}

// A folder may hold very many files, so they are only looked through when somebody asks.
const sources::SavedContext& SavedFiles::loose() {
  if (loose_) return *loose_;
  loose_.emplace();
  for (const auto& file : paths_) {
    auto stream = opened(file);
    if (!stream || (*stream)->size().value_or(0) > kMostOwnerBytes) continue;
    learn_from(**stream, *loose_);
  }
  return *loose_;
}

// A first look through a container, for whose export it is.  What goes wrong will go wrong again, and be told
// then.
void SavedFiles::learn_in(base::ByteStream& stream, const std::string& beginning) {
  auto container = containers::open_container(stream, beginning, wishes_.limits);
  if (!container) return;
  for (;;) {
    const auto entry = (*container)->next();
    if (!entry || !*entry) return;
    if (!learn_from((*container)->content(), context_)) return;
    if ((*entry)->name.empty()) return;  // all that there is; it need not be unpacked to its end
  }
}

std::optional<SavedPart> SavedFiles::next() {
  for (;;) {
    if (file_) {
      if (auto part = next_part()) return part;
      file_.reset();
    } else if (!levels_.empty()) {
      next_entry();
    } else {
      paths_done_ = at_;
      if (at_ == paths_.size()) return std::nullopt;
      open_path();
    }
  }
}

void SavedFiles::open_path() {
  const auto& file = paths_[at_++];
  auto stream = opened(file);
  if (!stream) {
    leave(file.path.string(), stream.error());
    left_.back().unopened = file.named;
    return;
  }
  path_stream_ = *std::move(stream);
  open(*path_stream_, shown(file.path), {{}, wishes_.origin},
       file.named ? Standing::kNamed : Standing::kInFolder);
}

void SavedFiles::open(base::ByteStream& stream, std::string name, containers::Entry as, Standing standing) {
  auto beginning = beginning_of(stream, sources::kBeginningBytes);
  if (!beginning) return leave(std::move(name), beginning.error());
  if (containers::is_container(*beginning))
    return open_container(stream, std::move(name), *std::move(beginning), standing);
  auto file = std::make_unique<File>(stream, std::move(name));
  file->held = *std::move(beginning);
  file->crawled = std::move(as.date);
  file->named = standing == Standing::kNamed;
  file->ended = file->held.size() < sources::kBeginningBytes;
  const auto format = wishes_.format != nullptr ? Result(wishes_.format) : sources::detect(file->held);
  if (!format && standing != Standing::kNamed) {
    const auto fault = file->ended ? damage_in(file->held) : damage_in(file->held, stream);
    if (!fault.empty())
      return leave(std::move(file->name), Error{Code::kInvalid,
                                                "it is damaged, so that nobody can tell what it is (" +
                                                    fault + "); nothing of it was kept",
                                                "Have the export made, or copied, again."});
    passed_over_.add(std::move(file->name));
    return;
  }
  static constexpr sources::SavedFormat kUnknown{};
  if (format && !(*format)->why_private.empty() && !wishes_.with_private)
    return leave(std::move(file->name),
                 Error{Code::kDenied,
                       "it is private (" + std::string((*format)->why_private) + "); nothing of it was kept",
                       "With --include-private AUTHORITY it is kept, and the authority recorded."},
                 true);
  if (standing != Standing::kInContainer)
    context_ = format && (*format)->asks_owner ? loose() : sources::SavedContext{};
  context_.origin = std::move(as.origin);
  file->format = format ? *format : nullptr;
  if (!format) file->unread = format.error();
  file->cutter = sources::new_cutter(format ? **format : kUnknown);
  file_ = std::move(file);
}

void SavedFiles::open_container(base::ByteStream& stream, std::string name, std::string beginning,
                                Standing standing) {
  if (levels_.size() >= kMostNesting)
    return leave(std::move(name), Error{Code::kInvalid, "it is a container within too many others"});
  auto level = std::make_unique<Level>();
  level->name = std::move(name);
  level->has_large_window = containers::asks_for_large_window(beginning);
  // One at a time: containers in one another must not take it several times over.
  auto limits = wishes_.limits;
  if (std::ranges::any_of(levels_, &Level::has_large_window, [](auto& it) -> Level& { return *it; }))
    limits.window = std::min(limits.window, containers::kWindow);
  auto* source = &stream;
  if (standing == Standing::kInContainer) {
    level->rejoined = std::make_unique<base::RejoinedStream>(beginning, stream);
    source = level->rejoined.get();
  } else {
    context_ = {};
    for (const bool first : {true, false}) {
      if (auto sought = stream.seek(0); !sought) return leave(std::move(level->name), sought.error());
      if (first) learn_in(stream, beginning);
    }
  }
  auto container = containers::open_container(*source, beginning, limits);
  if (!container) return leave(std::move(level->name), container.error());
  level->container = *std::move(container);
  levels_.push_back(std::move(level));
}

void SavedFiles::note_findings(Level& level) {
  for (auto& finding : level.container->take_findings())
    leave(level.name + ": " + finding.name, Error{Code::kInvalid, std::move(finding.why)});
}

void SavedFiles::next_entry() {
  auto& level = *levels_.back();
  auto entry = level.container->next();
  note_findings(level);
  if (!entry) leave(level.name, entry.error());
  if (!entry || !*entry) {
    levels_.pop_back();
    return;
  }
  auto name = (*entry)->name.empty() ? level.name : level.name + ": " + (*entry)->name;
  if ((*entry)->origin.empty()) (*entry)->origin = wishes_.origin;
  open(level.container->content(), std::move(name), **std::move(entry), Standing::kInContainer);
}

std::optional<SavedPart> SavedFiles::next_part() {
  auto& file = *file_;
  if (file.done) return std::nullopt;
  for (;;) {
    if (file.looked && !file.ended) {
      // What came before a break is a part like any other.
      if (auto more = file.fill(); !more) leave(file.name, more.error());
    }
    file.looked = true;
    const bool first = file.parts == 0 && file.records.empty();
    file.cutter->look(file.held, file.ended, file.records);
    if (first && !file.records.empty()) file.head = file.held.substr(0, file.cutter->head());
    const auto end = file.records.empty() ? 0 : file.records.back().offset + file.records.back().length;
    if (file.ended || end >= kPartBytes) break;
    if (file.held.size() - end > sources::kMostRecordBytes) {
      leave(file.name, Error{Code::kInvalid, "a record in it, at byte " + std::to_string(file.offset + end) +
                                                 ", is larger than 64 MiB; nothing from there on was kept"});
      return std::nullopt;
    }
  }
  file.done = file.ended;
  if (file.held.empty() && file.parts != 0) return std::nullopt;
  SavedPart part;
  const auto end = file.ended ? file.held.size() : file.records.back().offset + file.records.back().length;
  part.name = file.name;
  part.crawled = file.crawled;
  part.offset = file.offset;
  part.number = ++file.parts;
  part.is_named = file.named;
  part.is_whole = file.ended && file.parts == 1;
  part.format = file.format;
  part.unread = file.unread;
  part.records = std::exchange(file.records, {});
  context_.head = file.head;
  context_.zone = wishes_.zone;
  if (part.is_whole) {
    part.bytes = std::move(file.held);
  } else {
    part.bytes = file.held.substr(0, end);
    file.cutter->drop(end);
    file.held.erase(0, end);
  }
  file.offset += end;
  if (part.is_whole && part.format == nullptr)
    if (const auto fault = damage_in(part.bytes); !fault.empty()) part.unread = damaged(fault);
  if (part.format != nullptr && part.is_whole && part.records.empty() &&
      part.format->cut != sources::Cut::kJson) {
    part.format = nullptr;
    part.unread = {Code::kInvalid, "there is no record in the file"};
  }
  return part;
}

Result<sources::Reading> SavedFiles::read(const SavedPart& part) const {
  if (part.format == nullptr) return part.unread;
  return sources::read_records(part.format, part.bytes, part.records, context_);
}

}  // namespace muniment::collect
