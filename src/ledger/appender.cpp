#include "ledger/appender.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "base/aead.hpp"
#include "base/check.hpp"
#include "ledger/commitment.hpp"
#include "ledger/packed_body.hpp"

namespace muniment::ledger {
namespace {

constexpr std::size_t kSecretsAtOnce = 64;  // one call to the generator costs as much as forty secrets
constexpr std::size_t kTogether = 8;        // bodies committed to at once
constexpr int kTries = 16;

}  // namespace

struct Sealer::State {
  explicit State(base::Entropy& source) : entropy(source) {}
  base::Entropy& entropy;
  BodySealer bodies;
  base::Aead files;
  std::array<std::uint8_t, kSecretsAtOnce * 32> drawn{};
  std::size_t left = 0;

  base::Secret next_secret() {
    if (left == 0) {
      entropy.fill(drawn);
      left = kSecretsAtOnce;
    }
    --left;
    base::Secret secret;
    auto* from = drawn.data() + left * secret.size();
    std::copy_n(from, secret.size(), secret.begin());
    std::fill_n(from, secret.size(), std::uint8_t{0});
    return secret;
  }
};

Sealer::Sealer(base::Entropy& entropy) : state_(std::make_unique<State>(entropy)) {}
Sealer::~Sealer() = default;

void Sealer::seal(Seq first, std::span<const Draft> drafts, std::vector<Sealed>& out) {
  for (std::size_t at = 0; at < drafts.size(); at += kTogether) {
    const auto some = drafts.subspan(at, std::min(kTogether, drafts.size() - at));
    std::array<CommitJob, kTogether> jobs;
    // A fresh secret for every attempt: a retried append must not seal two bodies under one key.
    for (std::size_t i = 0; i < some.size(); ++i)
      jobs[i] = {state_->next_secret(), first + at + i, &some[i].body};
    const auto commitments = body_commitments(std::span(jobs).first(some.size()));
    for (std::size_t i = 0; i < some.size(); ++i) {
      out.push_back({some[i].kind, commitments[i],
                     state_->bodies.seal(jobs[i].secret, jobs[i].seq, some[i].body), jobs[i].secret});
      for (const auto& file : some[i].attachments) {
        MUNIMENT_CHECK(is_attachment_name(file.name) && file.bytes.size() <= kMostAttachmentBytes,
                       "an attachment has a random name and a bounded size");
        const auto key = attachment_key(jobs[i].secret, jobs[i].seq, file.number);
        out.back().files.push_back({file.name, state_->files.seal(key, file.bytes)});
      }
    }
  }
}

namespace {

// One caller's append, waiting for the thread that writes for all.
struct Waiting {
  const Appender::Compose& compose;
  std::optional<Result<Appended>> outcome;  // the writing thread's own until `done`
  bool done = false;  // under the mutex: a waiter may wake while its outcome is in the making
};

}  // namespace

struct Appender::State {
  State(Store& s, base::Clock& c, base::Entropy& e) : store(s), clock(c), sealer(e) {}
  Store& store;
  base::Clock& clock;
  Sealer sealer;
  std::mutex mutex;
  std::condition_variable turn;
  std::deque<Waiting*> queue;
  bool writing = false;

  // Composes for everyone in turn, each seeing the head the one before will leave.  Sets the outcome
  // of those whose composing failed or came to nothing.
  std::vector<Sealed> compose_all(const Head& head, std::span<Waiting* const> group,
                                  std::vector<Seq>& counts) {
    std::vector<Sealed> batch;
    counts.assign(group.size(), 0);
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Seq first = head.size + batch.size();
      auto drafts = group[i]->compose(Head{first, head.root, head.last});
      if (!drafts) {
        group[i]->outcome = drafts.error();
        continue;
      }
      counts[i] = drafts->size();
      sealer.seal(first, *drafts, batch);
    }
    return batch;
  }

  void write(std::span<Waiting* const> group) {
    Error last{Code::kConflict, "other processes kept appending first; nothing was written", "try again"};
    for (int attempt = 0; attempt < kTries; ++attempt) {
      for (auto* waiting : group) waiting->outcome.reset();
      const auto head = store.head();
      if (!head) return fail(group, head.error());
      std::vector<Seq> counts;
      const auto batch = compose_all(*head, group, counts);
      auto after = batch.empty() ? Result<Head>(*head) : store.append(*head, clock.now(), batch);
      if (!after && after.error().code == Code::kConflict) continue;
      if (!after) return fail(group, after.error());
      Seq first = head->size;
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i]->outcome) continue;
        Head before = *head;
        before.size = first;
        group[i]->outcome = Appended{before, *after};
        first += counts[i];
      }
      return;
    }
    fail(group, last);
  }

  static void fail(std::span<Waiting* const> group, const Error& error) {
    for (auto* waiting : group)
      if (!waiting->outcome) waiting->outcome = error;
  }
};

Appender::Appender(Store& store, base::Clock& clock, base::Entropy& entropy)
    : state_(std::make_unique<State>(store, clock, entropy)) {}
Appender::~Appender() = default;

// Group commit: whoever finds nobody writing writes for all who wait, and one fsync serves them all.
Result<Appended> Appender::append(const Compose& compose) {
  Waiting mine{compose, std::nullopt, false};
  std::unique_lock lock(state_->mutex);
  state_->queue.push_back(&mine);
  while (!mine.done) {
    if (state_->writing) {
      state_->turn.wait(lock);
      continue;
    }
    state_->writing = true;
    const std::vector<Waiting*> group(state_->queue.begin(), state_->queue.end());
    state_->queue.clear();
    lock.unlock();
    state_->write(group);
    lock.lock();
    for (auto* waiting : group) waiting->done = true;
    state_->writing = false;
    state_->turn.notify_all();
  }
  return *std::move(mine.outcome);
}

Result<Appended> Appender::append(Draft draft) {
  return append([&](const Head&) -> Result<std::vector<Draft>> { return std::vector<Draft>{draft}; });
}

}  // namespace muniment::ledger
