// Every platform's poll, fed with the same bytes at each question: whatever comes, it ends, names its items,
// keeps to the page and asks web addresses only.  The first byte says which platform.
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>

#include "base/utf8.hpp"
#include "polls/platform.hpp"
#include "sources/url.hpp"

using namespace muniment;  // NOLINT

namespace {

constexpr std::size_t kMostSteps = 60;

// An address that each platform takes, in the order of the table.
constexpr std::string_view kAddresses[] = {"https://town.example/",
                                           "https://town.example/feed",
                                           "https://town.example/@council",
                                           "https://bsky.app/profile/town.example",
                                           "https://x.com/town",
                                           "https://www.facebook.com/town",
                                           "https://www.instagram.com/town",
                                           "https://www.threads.net/@town",
                                           "https://www.youtube.com/channel/UC1",
                                           "https://www.reddit.com/r/town",
                                           "https://forum.example/",
                                           "https://disqus.com/home/forum/town/",
                                           "https://social.example/users/town",
                                           "imaps://mail.town.example/INBOX"};

void check(const sources::Reading& reading, std::string_view page) {
  for (const auto& item : reading.items) {
    if (item.interaction.id.empty() || item.interaction.platform.empty()) std::abort();
    if (!base::is_utf8(item.interaction.text)) std::abort();
    if (item.length > page.size() || item.offset > page.size() - item.length) std::abort();
    records::version_content(item.interaction);
  }
  for (const auto& verdict : reading.verdicts)
    if (verdict.id.empty()) std::abort();
  for (const auto& ask : reading.next)
    if (sources::root_of(ask.url).empty() && !ask.url.starts_with("imaps://")) std::abort();
}

void play(sources::Poll& poll, std::deque<sources::Ask> asks, std::string_view body) {
  for (std::size_t step = 0; !asks.empty() && step < kMostSteps; ++step) {
    const auto ask = std::move(asks.front());
    asks.pop_front();
    const int status = step % 7 == 6 ? 404 : 200;
    const auto url =
        ask.step == "list" && ask.url.starts_with("imaps") ? ask.url + ";UIDVALIDITY=7" : ask.url;
    const auto reading = poll.read(ask, {status, url, "", "application/json", body, ""});
    if (!reading && reading.error().what.empty()) std::abort();
    if (!reading) continue;
    check(*reading, body);
    asks.insert(asks.end(), reading->next.begin(), reading->next.end());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto rows = polls::platforms();
  static_assert(std::size(kAddresses) == 14);
  if (rows.size() != std::size(kAddresses)) std::abort();
  const auto which = data[0] % rows.size();
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto poll = polls::new_poll(
      rows[which].name,
      {std::string(kAddresses[which]), "", "2026-11-22T00:00:00Z", rows[which].login != polls::Login::kNone});
  if (!poll) std::abort();
  const auto start = (*poll)->start();
  play(**poll, {start.begin(), start.end()}, body);
  const std::vector<sources::Held> held = {
      {"5", "", "", "2026-11-21T00:00:00Z", ""},
      {"t1_a", "", "t3_b", "2020-01-01T00:00:00Z", ""},
      {"forum.example/post/5", "forum.example/t/1/5", "", "", ""},
      {"at://did:plc:a/app.bsky.feed.post/3k", "", "", "", "did:plc:a"},
      {"town.example/comment/5", "", "", "", ""},
      {"https://social.example/users/town/5", "town.example/5", "", "", ""}};
  const auto after = (*poll)->ask_after(held);
  play(**poll, {after.begin(), after.end()}, body);
  const auto again = polls::new_poll(
      rows[which].name, {std::string(kAddresses[which]), (*poll)->cursor(), "2026-11-22T00:00:00Z", true});
  if (!again) std::abort();
  (void)(*again)->start();
  // Gone on with, from what it left and from anything.
  for (const auto& resume : {(*poll)->resume({start.begin(), start.end()}), std::string(body)}) {
    const auto resumed = polls::new_poll(
        rows[which].name, {std::string(kAddresses[which]), "", "2026-11-22T00:00:00Z", true, resume});
    if (!resumed) std::abort();
    const auto first = (*resumed)->start();
    play(**resumed, {first.begin(), first.end()}, body);
    (void)(*resumed)->resume(first);
  }
  return 0;
}
