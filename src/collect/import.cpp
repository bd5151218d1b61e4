#include "collect/import.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <thread>

#include "base/time.hpp"
#include "collect/alike.hpp"
#include "collect/notices.hpp"
#include "collect/pages_read.hpp"
#include "collect/queue.hpp"
#include "sources/private_marks.hpp"
#include "sources/withhold.hpp"

namespace muniment::collect {
namespace {

using ledger::Head;
using ledger::Seq;

constexpr std::size_t kBatchEntries = 2048;
constexpr std::size_t kBatchBytes = 12U << 20;
constexpr std::size_t kBatchesWaiting = 3;  // a write that waits for the disk holds nobody up
constexpr int kRestarts = 16;

// How far the files were read: so many whole paths, and so many parts of the next one.
struct Place {
  std::size_t path = 0;
  std::size_t parts = 0;
};

// Some parts' entries on their way through the pipeline.
struct Batch {
  Seq first = 0;
  std::vector<ledger::Draft> drafts;
  std::vector<Fingerprints> fingerprints;
  std::vector<ledger::Sealed> sealed;
  std::size_t bytes = 0;
  Place done;            // how far the files were read with this batch
  ImportOutcome so_far;  // what had been read by then
};

Error unread_and_private(const Error& unread, std::string_view why) {
  return {Code::kDenied,
          unread.what + "; it seems to hold " + std::string(why) +
              ", which may be private, so nothing of it was kept",
          "put the file right, or ask for it again; with --include-private AUTHORITY its bytes are kept as "
          "they are"};
}

// The three threads behind the reader: one seals, one writes, one follows.  Born knowing the head; ends with
// everything written, or with an error.
class Pipeline {
 public:
  Pipeline(const ImportRun& run, Head head)
      : run_(run),
        head_(head),
        composed_(kBatchesWaiting),
        sealed_(kBatchesWaiting),
        written_(kBatchesWaiting) {
    sealer_ = std::thread([this] { seal(); });
    writer_ = std::thread([this] { write(); });
    follower_ = std::thread([this] { follow(); });
  }
  ~Pipeline() { (void)finish().has_value(); }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // False when writing has failed: nothing more is taken.
  bool push(Batch batch) { return composed_.push(std::move(batch)); }

  // Waits for all that was pushed.  The error of the writing thread, or of the follower.
  Status finish() {
    composed_.close();
    if (sealer_.joinable()) sealer_.join();
    sealed_.close();
    if (writer_.joinable()) writer_.join();
    written_.close();
    if (follower_.joinable()) follower_.join();
    if (run_.settle && follow_status_) follow_status_ = run_.settle();
    return !write_status_ ? write_status_ : follow_status_;
  }

  // After finish(): where a restart has to begin, and the number of the first entry that was not written.
  const std::optional<Place>& done() const { return done_; }
  Seq end() const { return head_.size; }
  const ImportOutcome& outcome() const { return outcome_; }

 private:
  void seal() {
    ledger::Sealer sealer(run_.entropy);
    while (auto batch = composed_.pop()) {
      batch->sealed.reserve(batch->drafts.size());
      sealer.seal(batch->first, batch->drafts, batch->sealed);
      (void)sealed_.push(*std::move(batch));
    }
  }

  void write() {
    while (auto batch = sealed_.pop()) {
      if (!write_status_) continue;  // drains, so that nobody waits for nobody
      auto after = run_.store.append(head_, run_.clock.now(), batch->sealed);
      if (!after) {
        write_status_ = after.error();
        composed_.close();
        continue;
      }
      head_ = *after;
      done_ = batch->done;
      outcome_ = std::move(batch->so_far);
      if (run_.follow)
        (void)written_.push(
            {batch->first, head_.last, std::move(batch->drafts), std::move(batch->fingerprints)});
    }
  }

  void follow() {
    while (auto written = written_.pop()) {
      if (!follow_status_) continue;
      follow_status_ = run_.follow(*std::move(written));
    }
  }

  const ImportRun& run_;
  Head head_;
  Queue<Batch> composed_;
  Queue<Batch> sealed_;
  Queue<Written> written_;
  Status write_status_;
  Status follow_status_;
  std::optional<Place> done_;  // nothing: nothing was written
  ImportOutcome outcome_;
  std::thread sealer_;
  std::thread writer_;
  std::thread follower_;
};

// Reads and composes, part after part.
class FileReader {
 public:
  FileReader(std::vector<SavedPath> files, const ImportWishes& wishes, const ImportRun& run)
      : files_(std::move(files)),
        wishes_(wishes),
        run_(run),
        reader_(run.reading_store),
        notices_(run.catalogue, reader_) {
    wishes_.saved.with_private = !wishes_.authority.empty();
  }

  Result<ImportOutcome> run() {
    for (int restart = 0; restart < kRestarts; ++restart) {
      auto pass = from(safe_place_);
      if (pass) return std::move(outcome_);
      // Another process appended: begin again behind what is on disk.
      if (pass.error().code != Code::kConflict) return pass.error();
    }
    return Error{Code::kConflict,
                 "other processes kept appending first; what was read so far is in the archive",
                 "run the same import again: it carries on where it stopped"};
  }

 private:
  Status from(Place start) {
    const auto head = run_.reading_store.head();
    if (!head) return head.error();
    next_seq_ = head->size;
    if (auto known = run_.catalogue.at(next_seq_); !known) return known;
    batch_ = {};
    batch_.first = next_seq_;
    Pipeline pipeline(run_, *head);
    const auto status = read_from(start, pipeline);
    const auto written = pipeline.finish();
    if (pipeline.done()) {
      safe_place_ = *pipeline.done();
      safe_ = pipeline.outcome();
    }
    pages_.forget_from(pipeline.end());
    notices_.forget_from(pipeline.end());
    if (written && status) return {};
    outcome_ = safe_;
    return !written ? written : status;
  }

  Status read_from(Place start, Pipeline& pipeline) {
    SavedFiles saved({files_.begin() + static_cast<std::ptrdiff_t>(start.path), files_.end()}, wishes_.saved);
    Place at = start;
    at.parts = 0;
    Status status;
    bool open = true;
    while (open && !stopped()) {
      auto part = saved.next();
      if (const auto path = start.path + saved.paths_done(); path != at.path) at = {path, 0};
      if (part) ++at.parts;
      // What is on disk already, from before a restart, is only passed by.
      const bool is_written = part && at.path == start.path && at.parts <= start.parts;
      note_left(saved, is_written);
      if (!part) break;
      if (is_written) {
        pass_by(saved, *part);
        continue;
      }
      status = add(saved, *std::move(part));
      if (!status) --at.parts;
      if ((!status || full()) && !batch_.drafts.empty()) open = flush(pipeline, at);
      open = open && status.has_value();
    }
    if (open && status) status = add_late_reports(pipeline, at);
    if (open && !batch_.drafts.empty()) (void)flush(pipeline, at);
    return status;
  }

  // Of notices that stand before their items in what was read.
  Status add_late_reports(Pipeline& pipeline, Place at) {
    for (std::size_t page = 0; page < notices_.waiting(); ++page) {
      PageEntries late;
      const auto reports = notices_.judge_again(page, late);
      if (!reports) return reports.error();
      outcome_.reports += *reports;
      append(std::move(late));
      if (full() && !flush(pipeline, at)) break;
    }
    return {};
  }

  void append(PageEntries entries) {
    next_seq_ += entries.drafts.size();
    std::ranges::move(entries.drafts, std::back_inserter(batch_.drafts));
    std::ranges::move(entries.fingerprints, std::back_inserter(batch_.fingerprints));
  }

  // Items without names are numbered through their whole file.
  void pass_by(const SavedFiles& saved, const SavedPart& part) {
    if (auto reading = saved.read(part)) alike_.number(part.number, reading->items);
  }

  bool stopped() const { return run_.stop != nullptr && run_.stop->load(); }
  bool full() const { return batch_.drafts.size() >= kBatchEntries || batch_.bytes >= kBatchBytes; }

  bool flush(Pipeline& pipeline, Place done) {
    batch_.done = done;
    batch_.so_far = outcome_;
    Batch out = std::exchange(batch_, {});
    batch_.first = next_seq_;
    if (run_.progress) run_.progress(outcome_);
    return pipeline.push(std::move(out));
  }

  void note_left(SavedFiles& saved, bool is_noted) {
    const auto passed_over = saved.take_passed_over();
    auto all_left = saved.take_left();
    if (is_noted) return;
    outcome_.passed_over += passed_over;
    for (auto& left : all_left) {
      ++outcome_.files;
      outcome_.refused.push_back({std::move(left.name), std::move(left.why), false});
    }
  }

  // All or nothing: when composing fails, the batch and the counts are as before.
  Status add(const SavedFiles& saved, SavedPart part) {
    ExchangeFacts facts;
    if (part.format == nullptr || part.format->may_hold_credentials)
      facts.withheld = sources::mask_credentials(part.bytes).size();
    auto reading = fitting(saved.read(part), part.bytes);
    if (reading && part.is_whole && sources::holds_nothing(*reading)) {
      if (!part.is_named) return void(++outcome_.passed_over), Status();
      reading = sources::nothing_in(*reading);
    }
    if (part.number == 1) ++outcome_.files;
    // Before anything is taken out: a number is the same with an authority and without.
    if (reading) alike_.number(part.number, reading->items);
    if (reading && wishes_.authority.empty()) {
      auto withheld = sources::withhold_private(part.bytes, *reading);
      if (!withheld) {
        outcome_.refused.push_back({part.name, withheld.error(), false});
        return {};
      }
      note_withheld(*withheld, facts);
    }
    if (!reading) {
      const auto why = wishes_.authority.empty() ? sources::marked_private(part.bytes) : std::string_view{};
      outcome_.refused.push_back(
          {part.name, why.empty() ? reading.error() : unread_and_private(reading.error(), why), why.empty()});
      if (!why.empty()) return {};
    }
    if (reading) note_remarks(part.name, reading->remarks);
    const auto as = read_as(reading, run_.catalogue);
    if (pages_.has(part.bytes, as)) {
      const auto count = reading ? reading->items.size() : 0;
      outcome_.counts += {.read = count, .unchanged = count};
      return {};
    }
    const auto markers = reading ? take_markers(*reading, run_.catalogue) : PageCounts{};
    if (!markers) return markers.error();
    describe(part, reading, facts);
    auto items = reading ? std::move(reading->items) : std::vector<sources::Item>{};
    auto page = compose_page(next_seq_, facts, part.bytes, std::move(items), run_.catalogue, reader_);
    if (!page) return page.error();
    if (reading) {
      const auto reports = notices_.judge(std::move(reading->verdicts), next_seq_, *page);
      if (!reports) return reports.error();
      outcome_.reports += *reports;
    }
    outcome_.counts += *markers;
    outcome_.counts += page->counts;
    const auto& exchange = page->drafts.front();
    pages_.add(digest_of(exchange), part.bytes.size(), as, next_seq_);
    const auto repeated = page->drafts.size() == 1 ? came_before(exchange) : Result<bool>(false);
    if (!repeated) return repeated.error();
    if (*repeated) return {};
    batch_.bytes += part.bytes.size();
    append(*std::move(page));
    return {};
  }

  static std::string_view digest_of(const ledger::Draft& exchange) {
    return records::value_of(exchange.body, "payload.sha256").value_or("");
  }

  // A page that is held already, as it was read then, is no record a second time.
  Result<bool> came_before(const ledger::Draft& exchange) {
    const auto page = digest_of(exchange);
    if (records::bytes_of(exchange.body, "unread")) return run_.catalogue.kept_unread(page);
    const auto read = run_.catalogue.read_before(page);
    if (!read) return read.error();
    return read->has_value();
  }

  void note_withheld(const sources::Withheld& withheld, ExchangeFacts& facts) {
    for (const auto& [why, count] : withheld.items) outcome_.withheld[why] += count;
    for (const auto& place : withheld.places)
      facts.left_out += std::to_string(place.offset) + ' ' + std::to_string(place.length) + '\n';
  }

  void note_remarks(const std::string& path, const std::vector<std::string>& remarks) {
    for (const auto& remark : remarks)
      if (outcome_.remarks.size() < kMostFileRemarks) outcome_.remarks.push_back({path, remark});
  }

  void describe(const SavedPart& part, const Result<sources::Reading>& reading, ExchangeFacts& facts) const {
    facts.method = kFromFile;
    facts.url = part.name;
    facts.fetched = base::to_rfc3339(run_.clock.now());
    if (part.format != nullptr) facts.format = sources::format_name(part.format);
    if (!part.is_whole) {
      facts.part = part.number;
      facts.part_from = part.offset;
    }
    if (part.format != nullptr && !part.format->why_private.empty()) facts.authority = wishes_.authority;
    if (!reading) {
      facts.unread = reading.error().what;
      return;
    }
    for (const auto& remark : reading->remarks) facts.remarks += remark + '\n';
    const bool holds_private =
        std::ranges::any_of(reading->items, [](const auto& item) { return !item.why_private.empty(); });
    if (holds_private) facts.authority = wishes_.authority;
  }

  std::vector<SavedPath> files_;
  ImportWishes wishes_;
  const ImportRun& run_;
  ledger::Reader reader_;
  Notices notices_;
  PagesRead pages_;
  ImportOutcome outcome_;  // of everything read
  ImportOutcome safe_;     // of everything on disk
  Batch batch_;
  Alike alike_;
  Seq next_seq_ = 0;
  Place safe_place_;  // up to here everything is on disk
};

}  // namespace

Result<ImportOutcome> import_files(std::vector<SavedPath> files, const ImportWishes& wishes,
                                   const ImportRun& run) {
  return FileReader(std::move(files), wishes, run).run();
}

}  // namespace muniment::collect
