#include "polls/imap_poll.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "sources/saved_formats.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;
using sources::Held;
using sources::kMailMessage;
using sources::Poll;
using sources::PollSettings;
using sources::Reading;
using sources::Showing;

constexpr std::size_t kMostMessages = 2'000;  // in one poll; the next one goes on behind them

constexpr int kOk = 200;
constexpr int kNotLetIn = 401;
constexpr int kNotThere = 404;
constexpr int kOtherEpoch = 412;
constexpr int kTooLarge = 413;

std::uint64_t number_at(std::string_view& text) {
  std::uint64_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return wrong == std::errc{} ? value : 0;
}

// Of all lines "* SEARCH 3 4 5".
std::vector<std::uint64_t> found_numbers(std::string_view lines) {
  constexpr std::string_view kMark = "* SEARCH";
  std::vector<std::uint64_t> out;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size() - 1) + 1;
    auto line = lines.substr(0, end);
    lines.remove_prefix(end);
    if (!line.starts_with(kMark)) continue;
    line.remove_prefix(kMark.size());
    while (line.starts_with(' ')) {
      line.remove_prefix(1);
      if (const auto value = number_at(line); value != 0) out.push_back(value);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

class ImapPoll final : public Poll {
 public:
  explicit ImapPoll(const PollSettings& settings) : mailbox_(settings.url) {
    // "EPOCH/LAST"; that of an unfinished poll since counts.
    std::string_view cursor = settings.resume.empty() ? settings.cursor : settings.resume;
    epoch_ = number_at(cursor);
    if (cursor.starts_with('/')) cursor.remove_prefix(1);
    last_ = epoch_ == 0 ? 0 : number_at(cursor);
  }

  std::vector<Ask> start() override { return {list_from(last_ + 1)}; }

  Result<Reading> read(const Ask& ask, const Answer& answer) override {
    if (answer.status == kNotLetIn)
      return Error{
          Code::kDenied, "the mail server did not take the login",
          "check the user, and the password (many services want one made for programs) or the token, "
          "which may have ended: whoever renews it writes the credential anew"};
    return ask.step == "list" ? read_list(answer) : read_message(ask, answer);
  }

  std::vector<Ask> ask_after(const std::vector<Held>&) override { return {}; }
  std::string cursor() const override { return text_of(last_); }
  std::string resume(const std::vector<Ask>& unanswered) const override {
    auto last = last_;
    for (const auto& one : unanswered) {
      std::string_view step = one.step;
      if (const auto number = number_at(step); number != 0 && !passed_.contains(number))
        last = std::min(last, number - 1);
    }
    return epoch_ == 0 ? std::string() : text_of(last);
  }

 private:
  std::string text_of(std::uint64_t last) const {
    return std::to_string(epoch_) + "/" + std::to_string(last);
  }
  Ask asking(std::string url, std::string step) const {
    Ask ask;
    ask.url = std::move(url);
    ask.step = std::move(step);
    ask.shows = {{Showing::Place::kBasic, "password"}};
    return ask;
  }
  Ask list_from(std::uint64_t first) const {
    return asking(mailbox_ + "?UID%20" + std::to_string(first) + ":*", "list");
  }

  Result<Reading> read_list(const Answer& answer) {
    if (answer.status == kNotThere)
      return Error{Code::kNotFound, "there is no such mailbox, or the login may not read it",
                   "the address ends with the mailbox's name: imaps://SERVER/INBOX"};
    const auto mark = answer.url.rfind(";UIDVALIDITY=");
    if (answer.status != kOk || mark == std::string::npos)
      return Error{Code::kInvalid, "the mail server did not list the mailbox", {}};
    std::string_view rest = std::string_view(answer.url).substr(mark + 13);
    const auto epoch = number_at(rest);
    Reading reading;
    if (epoch_ != 0 && epoch != epoch_) {
      reading.remarks.push_back(
          "the mailbox was made anew, and numbers its messages anew: it is read from its beginning");
      epoch_ = epoch;
      last_ = 0;
      reading.next.push_back(list_from(1));
      return reading;
    }
    epoch_ = epoch;
    auto numbers = found_numbers(answer.body);
    // "8:*" names the last message even when it is number 7.
    std::erase_if(numbers, [this](auto number) { return number <= last_; });
    if (numbers.size() > kMostMessages) {
      reading.faults.push_back(std::to_string(numbers.size() - kMostMessages) +
                               " more messages are there; the next harvest goes on with them");
      numbers.resize(kMostMessages);
    }
    for (const auto number : numbers)
      reading.next.push_back(
          asking(mailbox_ + ";UIDVALIDITY=" + std::to_string(epoch_) + "/;UID=" + std::to_string(number),
                 std::to_string(number)));
    return reading;
  }

  Result<Reading> read_message(const Ask& ask, const Answer& answer) {
    std::string_view step = ask.step;
    const auto number = number_at(step);
    Reading reading;
    if (answer.status == kOtherEpoch)
      return Error{Code::kUnavailable, "the mailbox was made anew while it was read", "harvest again"};
    if (answer.status == kTooLarge)
      reading.remarks.push_back("message " + std::to_string(number) +
                                " is larger than is taken, and was not captured");
    else if (answer.status == kNotThere)
      reading.remarks.push_back("message " + std::to_string(number) + " was gone when its turn came");
    else if (answer.status != kOk)
      return Error{
          Code::kUnavailable, "the mail server did not hand out message " + std::to_string(number), {}};
    // What cannot be read stays so: the bytes are kept, and the poll goes on behind it.
    last_ = std::max(last_, number);
    passed_.insert(number);
    if (answer.status != kOk) return reading;
    if (auto taken = kMailMessage.read(answer.body, {}, reading); !taken) return taken.error();
    return reading;
  }

  std::string mailbox_;
  std::uint64_t epoch_ = 0;         // UIDVALIDITY; 0: not known yet
  std::uint64_t last_ = 0;          // all messages up to this one were read
  std::set<std::uint64_t> passed_;  // what was answered, readable or not
};

}  // namespace

Result<std::unique_ptr<Poll>> new_imap_poll(const PollSettings& settings) {
  const std::string_view url = settings.url;
  const auto slash = url.find('/', std::min(url.find("://") + 3, url.size()));
  const auto mailbox = slash == std::string_view::npos ? std::string_view() : url.substr(slash + 1);
  if (mailbox.empty() || mailbox.find_first_of("?;") != std::string_view::npos)
    return Error{Code::kInvalid, "the address names no mailbox", "Give it as imaps://SERVER/INBOX."};
  return std::unique_ptr<Poll>(std::make_unique<ImapPoll>(settings));
}

}  // namespace muniment::polls
