#include "polls/mastodon_around.hpp"

#include "polls/mastodon_poll.hpp"
#include "sources/mastodon_page.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

std::string count_of(const records::Interaction& item, std::string_view counted) {
  for (const auto& [name, count] : item.counts)
    if (name == counted) return std::to_string(count);
  return "0";
}

}  // namespace

bool is_mastodon_number(std::string_view number) {
  return is_word_of(number, number.size(), "_-");
}

std::string mastodon_number(std::string_view local) {
  return std::string(local.substr(local.rfind('/') + 1));
}

MastodonAround::MastodonAround(MastodonTarget target, const PollSettings& settings)
    : ApiPoll(settings, kMastodonPages, is_older_number),
      target_(std::move(target)),
      server_(sources::server_of(target_.root)),
      login_(settings.has_credential),
      replies_(remembered("replies")),
      quotes_(remembered("quotes")),
      edits_(remembered("edits")) {}

void MastodonAround::remember_more(MemoryLines& memory) const {
  memory["replies"] = replies_.words(kMastodonThreads);
  memory["quotes"] = quotes_.words(kMastodonThreads);
  memory["edits"] = edits_.words(kMastodonThreads);
}

Ask MastodonAround::with_login(std::string step, std::string url) const {
  auto out = ask(std::move(step), std::move(url));
  if (login_) out.shows = {{Showing::Place::kBearer}};
  return out;
}

// Asking adds no items.
void MastodonAround::ask_around(Reading& reading) {
  for (const auto& item : reading.items) {
    const auto number = mastodon_number(item.interaction.local);
    ask_thread(item.interaction, number, reading);
    ask_quotes(item.interaction, number, reading);
  }
}

void MastodonAround::ask_histories(Reading& reading) {
  for (const auto& item : reading.items) ask_history(item.interaction, reading);
}

// Boosts have no replies of their own; a tag's statuses are not the account's to answer for.
void MastodonAround::ask_thread(const records::Interaction& item, const std::string& number,
                                Reading& reading) {
  if (target_.is_tag) return;
  if (account_.empty()) account_ = item.author.id;
  const auto count = count_of(item, "replies");
  if (count == "0" || item.type == "repost" || !is_mastodon_number(number) ||
      is_as_before("thread", number, count, replies_))
    return;
  if (threads_.size() == kMastodonThreads)
    return had_enough("replies were asked for under " + std::to_string(kMastodonThreads) +
                          " statuses; the next poll goes on under older ones",
                      reading);
  threads_[item.local] = count;
  auto out = with_login("thread", status(number) + "/context");
  out.about = item.local;
  ask_optional(std::move(out), "thread", number, count, reading);
}

void MastodonAround::count_replies(const std::vector<Held>& held) {
  for (const auto& one : held)
    if (!one.reply_to.empty()) ++held_below_[one.reply_to];
}

void MastodonAround::ask_older_threads(Reading& reading) {
  if (target_.is_tag) return;
  for (const auto& item : reading.items) {
    const auto& it = item.interaction;
    const auto number = mastodon_number(it.local);
    const auto count = count_of(it, "replies");
    if (it.type == "repost" || it.author.id != account_ || !is_mastodon_number(number)) continue;
    if (std::stoull(count) <= held_below_[it.local] || threads_.contains(it.local)) continue;
    if (threads_.size() == kMastodonThreads) return;
    threads_[it.local] = count;
    auto out = with_login("thread", status(number) + "/context");
    out.about = it.local;
    out.optional = out.owed = true;
    reading.next.push_back(std::move(out));
  }
}

// Who quotes a status is told to its author only.
void MastodonAround::ask_quotes(const records::Interaction& item, const std::string& number,
                                Reading& reading) {
  const auto count = count_of(item, "quotes");
  if (own_number_.empty() || target_.is_tag || count == "0" || item.type == "repost" ||
      !is_mastodon_number(number) || is_as_before("quotes", number, count, quotes_))
    return;
  auto out = with_login("quotes " + count, status(number) + "/quotes?limit=40");
  out.about = item.local;
  ask_optional(std::move(out), "quotes", number, count, reading);
}

void MastodonAround::ask_history(const records::Interaction& item, Reading& reading) {
  const auto number = mastodon_number(item.local);
  if (item.edited.empty() || item.type == "repost" || !is_mastodon_number(number) ||
      !item.local.starts_with(server_ + "/"))
    return;
  if (is_as_before("edit", number, item.edited, edits_) || histories_.contains(number)) return;
  auto out = ask("history " + number + "=" + item.edited, status(number) + "/history");
  out.about = item.id;
  // The next polls ask for the others, whether or not a list still shows the status.
  if (histories_.size() == kMastodonHistories) {
    if (!owe(out) && !std::exchange(some_histories_are_lost_, true))
      reading.faults.push_back(
          "too many statuses were edited: what some of them said before is not asked for");
    return;
  }
  histories_.insert(number);
  ask_optional(std::move(out), "edit", number, item.edited, reading);
}

// Since the last complete poll, or an unfinished one after it.
bool MastodonAround::is_as_before(const std::string& what, const std::string& number,
                                  const std::string& state, KnownStates& known) {
  if (known.is_known(number, state)) return true;
  if (!was_answered(what + "." + number + "=" + state)) return false;
  known.now_known(number, state);
  return true;
}

void MastodonAround::ask_optional(Ask out, const std::string& what, const std::string& number,
                                  const std::string& state, Reading& reading) {
  out.optional = out.owed = true;
  join(what + "." + number + "=" + state, out);
  reading.next.push_back(std::move(out));
}

Ask MastodonAround::owed(const Owed::Question& question) const {
  auto out = ApiPoll::owed(question);
  if (login_ && !question.step.starts_with("history ")) out.shows = {{Showing::Place::kBearer}};
  return out;
}

Result<Reading> MastodonAround::history(JsonPage& page, const Ask& asked) {
  auto reading = sources::read_mastodon_history(page, asked.about, target_.root);
  const auto state = asked.step.substr(8);
  const auto equals = state.find('=');
  if (reading) edits_.now_known(state.substr(0, equals), state.substr(equals + 1));
  return reading;
}

void MastodonAround::around_came(const Ask& asked) {
  const auto number = mastodon_number(asked.about);
  if (asked.step.starts_with("quotes ")) quotes_.now_known(number, asked.step.substr(7));
  if (asked.step != "thread") return;
  threads_read_.insert(asked.about);
  if (const auto thread = threads_.find(asked.about); thread != threads_.end())
    replies_.now_known(number, thread->second);
}

}  // namespace muniment::polls
