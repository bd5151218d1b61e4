#include "verify/deep.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <thread>
#include <vector>

#include "base/utf8.hpp"
#include "db/database.hpp"
#include "verify/attachments.hpp"
#include "verify/damage.hpp"
#include "verify/packed_body.hpp"
#include "verify/pages.hpp"

namespace muniment::verify {
namespace {

// Three tables read from end to end side by side, not joined: a row that could not be looked up by its number
// shows, and it is quicker.
constexpr std::string_view kBodies = "SELECT seq, sealed FROM body WHERE seq >= ? AND seq < ? ORDER BY seq";
constexpr std::string_view kEntries =
    "SELECT seq, kind, commitment FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq";
constexpr std::string_view kSecrets =
    "SELECT seq, secret FROM secret WHERE seq >= ? AND seq < ? ORDER BY seq";

constexpr std::uint64_t kRun = 8192;             // entries that a thread takes at once
constexpr std::size_t kTogether = 32;            // bodies committed to at once …
constexpr std::size_t kMostTogether = 4U << 20;  // … and their bytes, but for the last one's

struct Counts {
  std::uint64_t bodies = 0, unknown = 0;
};

class Worker {
 public:
  // `next`: the first entry that no worker has taken.
  Worker(const DeepOptions& options, std::atomic<std::uint64_t>& next)
      : attachments(options.archive, options.dictionary),
        pages(options, report),
        options_(options),
        next_(next),
        opener_(options.dictionary) {}

  void run();
  Report report;
  Counts counts;
  std::vector<std::uint64_t> missing;  // entries without a body
  bool whole = false;                  // every run was read to its end
  AttachmentCheck attachments;
  PageCheck pages;

 private:
  // A body that was opened and waits for its commitment.
  struct Opened {
    std::uint64_t seq = 0;
    base::Secret secret{};
    OpenBody body;
    bool exchange = false;
    std::optional<base::Hash> stated;
  };

  bool start();
  bool prepare(db::Database& database, const char* file, std::string_view sql, db::Statement& statement);
  bool check_run(std::uint64_t first, std::uint64_t end);
  // Goes on to the row of that number; false: there is none.
  struct Rows {
    db::Statement statement;
    std::optional<std::uint64_t> at;  // the row it stands on; the largest number when there is no further one
  };
  bool go_to(Rows& rows, std::uint64_t seq, const std::string& where);
  bool secret_of(std::uint64_t seq, base::Secret& secret);
  void open(std::uint64_t seq, const base::Secret& secret);
  void commit_opened();
  void check_values(const Opened& opened);

  const DeepOptions& options_;
  std::atomic<std::uint64_t>& next_;
  BodyOpener opener_;
  BodyCommitter committer_;
  std::optional<db::Database> ledger_, keys_;
  db::Statement bodies_;
  Rows entries_, secrets_;
  std::array<Opened, kTogether> opened_;
  std::size_t open_ = 0;        // of opened_
  std::size_t open_bytes_ = 0;  // in these
};

bool Worker::start() {
  const auto open = [&](const char* file, std::string_view sql, std::optional<db::Database>& database,
                        db::Statement& statement) {
    auto opened = db::Database::open(options_.archive / file, db::Open::kRead);
    if (!opened) return report_unreadable(report, opened.error(), file), false;
    database = std::move(*opened);
    return prepare(*database, file, sql, statement);
  };
  return open("ledger.db", kBodies, ledger_, bodies_) &&
         prepare(*ledger_, "ledger.db", kEntries, entries_.statement) &&
         open("keys.db", kSecrets, keys_, secrets_.statement);
}

bool Worker::prepare(db::Database& database, const char* file, std::string_view sql,
                     db::Statement& statement) {
  auto prepared = database.prepare(sql);
  if (!prepared) return report_unreadable(report, prepared.error(), file), false;
  statement = std::move(*prepared);
  return true;
}

void Worker::run() {
  if (!start()) return;
  for (;;) {
    const auto first = next_.fetch_add(kRun);
    whole = first >= options_.size;
    if (whole || !check_run(first, std::min(first + kRun, options_.size))) return;
  }
}

bool Worker::go_to(Rows& rows, std::uint64_t seq, const std::string& where) {
  while (!rows.at || *rows.at < seq) {
    const auto row = rows.statement.step();
    if (!row) report_unreadable(report, row.error(), where);
    rows.at = row && *row ? static_cast<std::uint64_t>(rows.statement.integer(0)) : ~std::uint64_t{0};
  }
  return *rows.at == seq;
}

bool Worker::secret_of(std::uint64_t seq, base::Secret& secret) {
  if (!go_to(secrets_, seq, "the secrets in keys.db")) return false;
  const auto stored = base::as_hash(secrets_.statement.blob(1));
  if (!stored) return report.find("secret", seq, "its secret in keys.db is not 32 bytes"), false;
  secret = *stored;
  return true;
}

// False: the files cannot be read any further.
bool Worker::check_run(std::uint64_t first, std::uint64_t end) {
  pages.begin(end);
  for (auto* statement : {&bodies_, &entries_.statement, &secrets_.statement}) {
    statement->reset();
    statement->bind(1, static_cast<std::int64_t>(first)).bind(2, static_cast<std::int64_t>(end));
  }
  entries_.at.reset();
  secrets_.at.reset();
  base::Secret secret{};
  auto expected = first;
  const auto note_missing = [&](std::uint64_t up_to) {
    for (; expected < up_to; ++expected) missing.push_back(expected);
  };
  for (;;) {
    const auto row = bodies_.step();
    if (!row) return report_unreadable(report, row.error(), "the bodies in ledger.db"), false;
    if (!*row) break;
    const auto seq = static_cast<std::uint64_t>(bodies_.integer(0));
    if (seq < expected) {
      report.find("damaged", seq, "a body of its number stands in ledger.db where it does not belong");
      continue;
    }
    note_missing(seq);
    expected = seq + 1;
    if (go_to(entries_, seq, "the entries in ledger.db") && secret_of(seq, secret)) open(seq, secret);
    if (open_ == kTogether || open_bytes_ > kMostTogether) commit_opened();
  }
  note_missing(end);
  commit_opened();
  pages.finish();
  return true;
}

void Worker::open(std::uint64_t seq, const base::Secret& secret) {
  auto& opened = opened_[open_];
  std::string why;
  const Unsealing result = bodies_.is_blob(1) ? opener_.open(secret, seq, bodies_.blob(1), opened.body, why)
                                              : Unsealing::kMalformed;
  if (result == Unsealing::kUnknownCodec) return void(++counts.unknown);
  if (result != Unsealing::kOpened)
    return report.find("body", seq,
                       "its body cannot be read: " + (why.empty() ? "it is not stored as one" : why));
  ++counts.bodies;
  opened.seq = seq;
  opened.secret = secret;
  opened.exchange = entries_.statement.text(1) == "exchange";
  opened.stated = base::as_hash(entries_.statement.blob(2));
  open_bytes_ += opened.body.bytes.size();
  ++open_;
}

void Worker::commit_opened() {
  std::array<CommitterJob, kTogether> jobs;
  for (std::size_t i = 0; i < open_; ++i)
    jobs[i] = {&opened_[i].secret, opened_[i].seq, opened_[i].body.fields};
  const auto found = committer_.commit(std::span(jobs).first(open_));
  for (std::size_t i = 0; i < open_; ++i) {
    auto& opened = opened_[i];
    if (opened.stated == found[i]) {
      check_values(opened);
      attachments.look_at(opened.seq, opened.secret, opened.body, report);
      pages.keep(opened.seq, opened.body, opened.exchange);
    } else {
      report.find("commitment", opened.seq,
                  "the words of its body are not those that were sealed into the chain");
    }
    pages.passed(opened.seq);
    if (opened.body.bytes.capacity() > kMostTogether) opened.body = {};
  }
  open_ = open_bytes_ = 0;
}

void Worker::check_values(const Opened& opened) {
  if (opened.body.is_utf8()) return;
  for (const auto& field : opened.body.fields)
    if (!base::is_utf8(field.value))
      report.find("utf-8", opened.seq, "its field " + std::string(field.name) + " is not UTF-8");
}

void summarise(const Counts& counts, std::uint64_t pages, std::uint64_t in_part, Report& report) {
  if (counts.unknown > 0)
    report.could_not(std::to_string(counts.unknown) +
                     " bodies are packed in a way that this program does not know; a newer one will");
  report.check(std::to_string(counts.bodies) +
               " bodies unsealed, and every word against the commitment in its entry");
  if (pages > 0) report.check(std::to_string(pages) + " received pages, put together byte for byte");
  if (in_part > 0)
    report.remark(std::to_string(in_part) +
                  " received pages can no longer be put together, because items of them are gone");
}

}  // namespace

struct BodyCheck::State {
  DeepOptions options;
  std::atomic<std::uint64_t> next = 0;
  std::vector<std::unique_ptr<Worker>> workers;  // the first one is the caller's
  std::vector<std::thread> threads;

  void join() {
    for (auto& thread : threads) thread.join();
    threads.clear();
  }
};

BodyCheck::BodyCheck(const DeepOptions& options) : state_(std::make_unique<State>()) {
  state_->options = options;
  const std::uint64_t wanted =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  const std::uint64_t count = std::clamp<std::uint64_t>(options.size / 1024, 1, wanted);
  for (std::uint64_t i = 0; i < count; ++i)
    state_->workers.push_back(std::make_unique<Worker>(state_->options, state_->next));
  for (std::uint64_t i = 1; i < count; ++i)
    state_->threads.emplace_back([&worker = *state_->workers[i]] { worker.run(); });
}

BodyCheck::~BodyCheck() {
  state_->next = state_->options.size;
  state_->join();
}

void BodyCheck::run() {
  state_->workers.front()->run();
  state_->join();
}

std::optional<std::vector<std::uint64_t>> BodyCheck::missing(std::uint64_t size) const {
  std::vector<std::uint64_t> out;
  for (const auto& worker : state_->workers) {
    if (!worker->whole) return std::nullopt;
    std::ranges::copy_if(worker->missing, std::back_inserter(out), [&](auto seq) { return seq < size; });
  }
  std::ranges::sort(out);
  return out;
}

void BodyCheck::tell(Report& report) {
  Counts sum;
  std::uint64_t pages = 0, in_part = 0;
  AttachmentCounts attachments;
  for (auto& worker : state_->workers) {
    sum.bodies += worker->counts.bodies;
    sum.unknown += worker->counts.unknown;
    pages += worker->pages.whole();
    in_part += worker->pages.in_part();
    attachments.named += worker->attachments.named();
    attachments.whole += worker->attachments.whole();
    attachments.present += worker->attachments.present();
    attachments.same += worker->attachments.same();
    report.merge(std::move(worker->report));
  }
  summarise(sum, pages, in_part, report);
  summarise_attachments(state_->options.archive, attachments, report);
}

}  // namespace muniment::verify
