#include "net/imap.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/bytes.hpp"
#include "base/secret_text.hpp"
#include "base/utf8.hpp"

namespace muniment::net {
namespace {

Error not_imap(std::string_view said) {
  return {Code::kInvalid,
          "the server does not speak IMAP as it should: " +
              base::for_terminal(base::to_valid_utf8(said.substr(0, 100))),
          "check the address and its port"};
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + '"';
}

// "{123}" at a line's end announces so many bytes after it.
std::optional<std::uint64_t> announced(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const auto open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::uint64_t size = 0;
  const auto* begin = line.data() + open + 1;
  const auto* end = line.data() + line.size() - 1;
  const auto [stop, wrong] = std::from_chars(begin, end, size);
  return wrong == std::errc{} && stop == end && begin != end ? std::optional(size) : std::nullopt;
}

// The number in "* OK [UIDVALIDITY 77] …".
std::uint64_t epoch_in(std::string_view lines) {
  constexpr std::string_view kMark = "[UIDVALIDITY ";
  const auto at = lines.find(kMark);
  if (at == std::string_view::npos) return 0;
  lines.remove_prefix(at + kMark.size());
  return imap_number(lines.substr(0, lines.find(']'))).value_or(0);
}

// A word of a line "* CAPABILITY …".
bool is_offered(std::string_view lines, std::string_view word) {
  while (!lines.empty()) {
    auto line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(line.size() + 2, lines.size()));
    if (!begins_in_capitals(line, "* CAPABILITY")) continue;
    while (!line.empty()) {
      const auto one = line.substr(0, line.find(' '));
      line.remove_prefix(std::min(one.size() + 1, line.size()));
      if (one.size() == word.size() && begins_in_capitals(one, word)) return true;
    }
  }
  return false;
}

// RFC 5801: a comma ends the name in what SASL sends.
std::string sasl_name(std::string_view name) {
  std::string out;
  for (const char c : name) out += c == ',' ? "=2C" : c == '=' ? "=3D" : std::string(1, c);
  return out;
}

// In one piece of memory, so that there is no copy of it to wipe.
std::string with_token(std::string_view begin, std::string_view token) {
  std::string out;
  out.reserve(begin.size() + token.size() + 16);
  return out.append(begin).append("\1auth=Bearer ").append(token).append("\1\1");
}

}  // namespace

Result<Response> ImapSession::ask(const ImapQuestion& question, const ImapLogin& login) {
  auto response = ask_in_turn(question, login);
  usable_ = usable_ && response.has_value();
  return response;
}

Result<Response> ImapSession::ask_in_turn(const ImapQuestion& question, const ImapLogin& login) {
  Response response;
  if (!greeted_)
    if (auto greeted = greet(); !greeted) return greeted.error();
  if (!logged_in_) {
    auto entered = log_in(login);
    if (!entered) return entered.error();
    logged_in_ = entered->end == Reply::End::kOk;
    usable_ = logged_in_;
    if (!logged_in_) return response.status = 401, response.body = std::move(entered->words), response;
  }
  auto opened = open(question);
  if (!opened) return opened.error();
  if (opened->end != Reply::End::kOk)
    return response.status = 404, response.body = std::move(opened->words), response;
  response.headers.emplace_back("uidvalidity", std::to_string(epoch_));
  if (question.uid != 0 && question.epoch != epoch_) return response.status = 412, response;
  const auto words = question.uid == 0 ? "UID SEARCH UID " + std::to_string(question.first) + ":*"
                                       : "UID FETCH " + std::to_string(question.uid) + " (UID BODY.PEEK[])";
  auto reply = command(words);
  if (!reply) return reply.error();
  if (reply->too_large != 0) {
    usable_ = false;
    response.headers.emplace_back("size", std::to_string(reply->too_large));
    return response.status = 413, response;
  }
  const bool is_there = question.uid == 0 || !reply->literal.empty();
  response.status = reply->end != Reply::End::kOk ? 400 : is_there ? 200 : 404;
  response.body = response.status == 400 ? std::move(reply->words)
                  : question.uid == 0    ? std::move(reply->lines)
                                         : std::move(reply->literal);
  return response;
}

Status ImapSession::greet() {
  auto first = line();
  if (!first) return first.error();
  if (begins_in_capitals(*first, "* BYE"))
    return Error{
        Code::kUnavailable,
        "the mail server turned us away: " + base::for_terminal(base::to_valid_utf8(first->substr(0, 200))),
        "try again later"};
  if (!begins_in_capitals(*first, "* OK") && !begins_in_capitals(*first, "* PREAUTH"))
    return not_imap(*first);
  greeted_ = true;
  logged_in_ = begins_in_capitals(*first, "* PREAUTH");
  return {};
}

// Every server has PLAIN once the connection is secured.
Result<ImapSession::Reply> ImapSession::log_in(const ImapLogin& login) {
  if (login.by == ImapLogin::By::kToken) return log_in_with_token(login);
  std::string plain(1, '\0');
  plain.append(login.user).append(1, '\0').append(login.secret);
  return authenticate("PLAIN", std::move(plain), {});
}

Result<ImapSession::Reply> ImapSession::log_in_with_token(const ImapLogin& login) {
  const auto offers = command("CAPABILITY");
  if (!offers) return offers.error();
  if (is_offered(offers->lines, "AUTH=OAUTHBEARER"))
    return authenticate("OAUTHBEARER", with_token("n,a=" + sasl_name(login.user) + ",", login.secret),
                        "AQ==\r\n");
  if (is_offered(offers->lines, "AUTH=XOAUTH2"))
    return authenticate("XOAUTH2", with_token("user=" + std::string(login.user), login.secret), "\r\n");
  return Error{Code::kDenied, "the mail server takes no tokens; nothing of the login was sent",
               "put a password into the credential instead, or ask who runs the server for OAuth 2"};
}

Result<ImapSession::Reply> ImapSession::authenticate(std::string_view mechanism, std::string shown,
                                                     std::string_view give_up) {
  auto coded = base::to_base64(shown) + "\r\n";
  base::wipe(shown);
  const auto tag = "a" + std::to_string(++tags_);
  const auto begun = channel_->send(tag + " AUTHENTICATE " + std::string(mechanism) + "\r\n");
  auto answer = begun ? line() : Result<std::string>(begun.error());
  const bool goes_on = answer && answer->starts_with('+');
  const auto sent = goes_on ? channel_->send(coded) : Status{};
  base::wipe(coded);
  if (!answer) return answer.error();
  if (!sent) return sent.error();
  if (goes_on) return finish(tag, give_up);
  if (!begins_in_capitals(*answer, "* ") && !answer->starts_with(tag + " ")) return not_imap(*answer);
  Reply refused;
  refused.end = Reply::End::kNo;
  refused.words = *std::move(answer);
  return refused;
}

Result<ImapSession::Reply> ImapSession::open(const ImapQuestion& question) {
  if (mailbox_ == question.mailbox && epoch_ != 0) {
    Reply known;
    known.end = Reply::End::kOk;
    return known;
  }
  mailbox_.clear();
  auto reply = command("EXAMINE " + in_quotes(question.mailbox));
  if (!reply || reply->end != Reply::End::kOk) return reply;
  epoch_ = epoch_in(reply->lines);
  if (epoch_ == 0) return not_imap("it names no UIDVALIDITY for the mailbox");
  mailbox_ = question.mailbox;
  return reply;
}

Result<ImapSession::Reply> ImapSession::command(const std::string& words) {
  const auto tag = "a" + std::to_string(++tags_);
  if (auto sent = channel_->send(tag + " " + words + "\r\n"); !sent) return sent.error();
  return finish(tag);
}

Result<ImapSession::Reply> ImapSession::finish(const std::string& tag, std::string_view give_up) {
  Reply reply;
  for (;;) {
    auto said = line();
    if (!said) return said.error();
    if (said->starts_with(tag + " ")) {
      const auto words = std::string_view(*said).substr(tag.size() + 1);
      reply.end = begins_in_capitals(words, "OK")   ? Reply::End::kOk
                  : begins_in_capitals(words, "NO") ? Reply::End::kNo
                                                    : Reply::End::kBad;
      reply.words = words;
      return reply;
    }
    if (begins_in_capitals(*said, "* BYE"))
      return Error{Code::kUnavailable, "the mail server ended the conversation", "try again later"};
    if (!said->starts_with('*') && !said->starts_with('+')) return not_imap(*said);
    if (said->starts_with('+') && !give_up.empty())
      if (auto sent = channel_->send(std::exchange(give_up, {})); !sent) return sent.error();
    // A line goes on after each literal in it.
    while (const auto size = announced(*said)) {
      if (*size > most_bytes_) {
        reply.too_large = *size;
        return reply;
      }
      std::string bytes;
      if (auto taken = take_literal(*size, bytes); !taken) return taken.error();
      if (begins_in_capitals(*said, "* ") && said->find("BODY[]") != std::string::npos)
        reply.literal = std::move(bytes);
      auto rest = line();
      if (!rest) return rest.error();
      *said = "* " + *std::move(rest);
    }
    if (reply.lines.size() + said->size() > kMostImapLine) return not_imap("it talks without end");
    reply.lines += *said + "\r\n";
  }
}

Result<std::string> ImapSession::line() {
  for (std::size_t seen = 0;;) {
    const auto end = held_.find("\r\n", at_ + (seen == 0 ? 0 : seen - 1));
    if (end != std::string::npos) {
      auto out = held_.substr(at_, end - at_);
      at_ = end + 2;
      return out;
    }
    seen = held_.size() - at_;
    if (seen > kMostImapLine) return not_imap("a line has no end");
    if (auto received = more(); !received) return received.error();
  }
}

Status ImapSession::take_literal(std::uint64_t size, std::string& into) {
  while (held_.size() - at_ < size)
    if (auto received = more(); !received) return received;
  into = held_.substr(at_, static_cast<std::size_t>(size));
  at_ += into.size();
  return {};
}

Status ImapSession::more() {
  held_.erase(0, at_);
  at_ = 0;
  auto bytes = channel_->receive();
  if (!bytes) return bytes.error();
  held_ += *bytes;
  return {};
}

}  // namespace muniment::net
