#include "cli/watch_lines.hpp"

#include <chrono>

namespace muniment::cli {

std::string polling_words(const app::WatchPolicy& policy) {
  auto out = "polled every " + app::interval_text(policy.every);
  if (policy.requests) out += ", with at most " + app::budget_words(*policy.requests, "requests");
  if (policy.charged) out += ", with at most " + app::budget_words(*policy.charged, "charged items");
  if (policy.money) out += ", for at most " + app::money_budget_words(*policy.money);
  if (policy.price) out += (policy.money ? " at " : ", at ") + app::price_text(policy.price) + " an item";
  return out;
}

std::string alarm_words(const app::WatchPolicy& policy, bool has_credential) {
  auto out = "an alarm after " + std::to_string(policy.quiet_after.count()) + " hours without a good poll";
  if (!has_credential) return out;
  const auto days = std::chrono::duration_cast<std::chrono::days>(policy.warn_before).count();
  return out + ", and " + std::to_string(days) + " days before its credential ends";
}

std::string media_words(const app::WatchPolicy& policy) {
  return std::string("the files that its items name are ") + (policy.media ? "" : "not ") +
         "fetched after each poll";
}

namespace {

// Another one may have been named since.
bool was_shown(const app::SourceState& source) {
  return source.last && source.record.credential == source.row.credential;
}

}  // namespace

std::string credential_state(const app::SourceState& source) {
  return was_shown(source) ? source.record.credential_state : std::string();
}

std::string credential_expires(const app::SourceState& source) {
  return was_shown(source) ? source.record.credential_expires : std::string();
}

std::string credential_words(const app::SourceState& source) {
  if (source.row.credential.empty()) return {};
  auto out = "logs in with " + source.row.credential;
  const auto state = credential_state(source);
  if (state.empty())
    out += was_shown(source) ? ", of which the last poll learnt nothing" : ", which no poll has shown yet";
  else if (state == "absent")
    out += ", which the last poll did not find";
  else
    out += ", which the last poll found " + state;
  const auto ends = credential_expires(source);
  return ends.empty() ? out : out + "; it ends " + ends;
}

}  // namespace muniment::cli
