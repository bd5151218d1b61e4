// A thousand sources followed on this machine: memory, polls, and the pace that each host saw.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "app/follow.hpp"
#include "app/watch_policy.hpp"
#include "bench/measure.hpp"
#include "bench/workloads.hpp"
#include "support/many_hosts_server.hpp"

namespace muniment::bench {
namespace {

namespace fs = std::filesystem;
using support::ManyHostsServer;

constexpr unsigned kSources = 1000;
constexpr unsigned kPages = 3;   // of each feed, so that every poll meets its host's pace
constexpr unsigned kItems = 10;  // on a page
constexpr std::chrono::milliseconds kPace{1000};
constexpr std::chrono::minutes kEvery{1};  // the shortest there is
constexpr double kSeconds = 180;           // some three polls of each

std::atomic<bool> stop{false};

[[noreturn]] void give_up(const Error& error) {
  std::fprintf(stderr, "muniment_bench: %s\n", error.what.c_str());
  std::_Exit(1);
}

// Page N of a host's feed; it never changes, as most feeds mostly do not.
ManyHostsServer::Answer page(const std::string& host, const std::string& path) {
  const auto number =
      static_cast<unsigned>(std::strtoul(path.substr(path.rfind('/') + 1).c_str(), nullptr, 10));
  std::string out =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:" + host + "</id><title>News</title>";
  if (number + 1 < kPages) out += "<link rel=\"next\" href=\"/feed/" + std::to_string(number + 1) + "\"/>";
  for (unsigned i = 0; i < kItems; ++i)
    out += "<entry><id>urn:" + host + ":" + std::to_string(number * kItems + i) +
           "</id><title>The spring tap still "
           "runs</title><updated>2026-03-03T10:00:00Z</updated><content>Bring a "
           "bottle, ring the bell, mind the cat, and close the gate behind you.</content></entry>";
  return {200, out + "</feed>"};
}

app::Archive archive_with_sources(const fs::path& folder, const ManyHostsServer& server) {
  fs::remove_all(folder);
  if (auto made = app::Archive::create(
          folder, {"bench.example/follow", "Bench Town Council", "Europe/London", "uk-foia", {}});
      !made)
    give_up(made.error());
  auto archive = app::Archive::open(folder, app::Access::kWrite);
  if (!archive) give_up(archive.error());
  app::WatchPolicy policy;
  policy.every = kEvery;
  std::vector<ledger::Draft> drafts;
  for (unsigned i = 0; i < kSources; ++i) {
    records::BodyBuilder body;
    body.add("name", "source-" + std::to_string(i))
        .add("platform", "feed")
        .add("url", server.url(i, "/feed/0"));
    body.add("action", "add").add("allow-private", "yes").add("actor", "bench");
    app::add_policy(policy, body);
    drafts.push_back({std::string(ledger::kind::kSource), body.build()});
  }
  if (auto added = archive->appender().append([&](const ledger::Head&) { return drafts; }); !added)
    give_up(added.error());
  return *std::move(archive);
}

// What the follower tells of itself.
struct Told {
  std::uint64_t polls = 0, not_complete = 0;
  double first_round = 0;  // seconds until each source had been polled once
};

Told follow_for_a_while(app::Archive& archive) {
  Told told;
  const Stopwatch watch;
  app::FollowWishes wishes;
  wishes.stop = &stop;
  wishes.manners.between_on_this_machine = kPace;
  wishes.ended = [&](const collect::PollOutcome& poll) {
    if (poll.interrupted) return;
    ++told.polls;
    told.not_complete += poll.outcome != collect::Outcome::kComplete;
    if (told.polls == kSources) told.first_round = watch.seconds();
  };
  std::signal(SIGALRM, [](int) { stop = true; });
  ::alarm(static_cast<unsigned>(kSeconds));
  if (auto followed = app::follow(archive, wishes); !followed) give_up(followed.error());
  return told;
}

}  // namespace

void follow(const Settings& settings) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  ManyHostsServer server(&page);
  const fs::path folder = settings.folder / "archive-follow";
  int ends[2];
  if (::pipe(ends) != 0) return;
  const pid_t child = ::fork();
  if (child == 0) {
    auto archive = archive_with_sources(folder, server);
    const auto told = follow_for_a_while(archive);
    std::_Exit(::write(ends[1], &told, sizeof told) == sizeof told ? 0 : 1);
  }
  ::close(ends[1]);
  server.start();
  Told told;
  const bool whole = ::read(ends[0], &told, sizeof told) == sizeof told;
  ::close(ends[0]);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "muniment_bench: the follower did not come to its end\n");
    std::exit(1);
  }
  std::uint64_t requests = 0;
  auto fastest = std::chrono::steady_clock::duration::max();
  const auto asked = server.asked();
  for (const auto& [host, one] : asked) {
    requests += one.requests;
    fastest = std::min(fastest, one.fastest);
  }
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  report("follow", "sources, each a host of its own", static_cast<double>(asked.size()), "hosts", kSources);
  report("follow", "resident memory, at most", static_cast<double>(usage.ru_maxrss) * 1024 / 1e6, "MB", 200,
         true);
  report("follow", "polls that came to their end", static_cast<double>(told.polls - told.not_complete),
         "polls");
  report("follow", "polls that did not", static_cast<double>(told.not_complete), "polls", 0, true);
  report("follow", "first round, new items", kSources / told.first_round, "polls/s");
  report("follow", "all in all", static_cast<double>(told.polls) / kSeconds, "polls/s");
  report("follow", "requests", static_cast<double>(requests) / kSeconds, "requests/s");
  report("follow", "shortest time between two to a host",
         std::chrono::duration<double, std::milli>(fastest).count(), "ms",
         static_cast<double>(kPace.count()));
  report("follow", "processor time of the follower",
         100 * (seconds(usage.ru_utime) + seconds(usage.ru_stime)) / kSeconds, "% of a core");
  fs::remove_all(folder);
}

}  // namespace muniment::bench
