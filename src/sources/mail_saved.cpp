// Mailboxes (mbox, RFC 4155) and single messages (EML).  E-mail is private, all of it.
//
// A message's name is its Message-ID, else one made from its bytes.  In a mailbox, lines that would look like
// the beginning of the next message have a ">" before them, which is taken off before the message is read.
#include <algorithm>
#include <array>

#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/cut.hpp"
#include "sources/html_text.hpp"
#include "sources/mail_message.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

Status take(std::string_view bytes, std::size_t length, Reading& out) {
  auto mail = read_mail(bytes);
  const bool says_nothing =
      mail.subject.empty() && mail.text.empty() && mail.html.empty() && mail.attachments.empty();
  if (says_nothing && mail.from.address.empty() && mail.id.empty())
    return Error{Code::kInvalid, "there is no message in it: neither a sender, nor a subject, nor a text"};
  Item item;
  item.length = length;
  item.why_private = "an e-mail";
  item.is_final = true;  // and anybody can write anybody's Message-ID
  auto& it = item.interaction;
  it.platform = "email";
  it.type = mail.in_reply_to.empty() ? "message" : "reply";
  it.visibility = "direct";
  it.posted = mail.date;
  it.id = mail.id.empty() ? records::made_name("message", mail.date, {bytes}) : mail.id;
  it.reply_to = mail.in_reply_to;
  it.thread = mail.references.empty() ? mail.in_reply_to : mail.references.front();
  it.author = {lower(mail.from.address), mail.from.address, mail.from.name, ""};
  it.summary = mail.subject;
  it.lang = mail.language;
  it.text = mail.text.empty() ? text_of_html(mail.html, &it.links) : mail.text;
  for (const auto& one : mail.to) it.mentions.push_back(one.address.empty() ? one.name : one.address);
  for (const auto& one : mail.attachments)
    it.media.push_back({one.content_id.empty() ? "" : "cid:" + one.content_id, one.type, one.name});
  if (mail.cut_short)
    out.remarks.push_back("parts of the message " + it.id + " are nested too deep, or are too many");
  out.items.push_back(std::move(item));
  return {};
}

Status read_eml(std::string_view record, const SavedContext&, Reading& out) {
  return take(record, record.size(), out);
}

// ">From" becomes "From", ">>From" becomes ">From".
std::string unquoted(std::string_view message) {
  std::string out;
  out.reserve(message.size());
  while (!message.empty()) {
    const auto end = std::min(message.find('\n'), message.size() - 1) + 1;
    auto line = message.substr(0, end);
    const auto marks = std::min(line.find_first_not_of('>'), line.size());
    if (marks > 0 && line.substr(marks).starts_with("From ")) line.remove_prefix(1);
    out += line;
    message.remove_prefix(end);
  }
  return out;
}

Status read_mbox(std::string_view record, const SavedContext&, Reading& out) {
  const auto envelope = record.find('\n');
  if (envelope == std::string_view::npos)
    return Error{Code::kInvalid, "the mailbox ends in the middle of a message"};
  return take(unquoted(record.substr(envelope + 1)), record.size(), out);
}

// One of these at the top is enough: nothing else begins so.
constexpr std::array<std::string_view, 5> kFirst = {"content-type", "mime-version", "received", "return-path",
                                                    "message-id"};
constexpr std::array<std::string_view, 14> kHeaders = {
    "from",         "to",           "subject",      "date",     "message-id", "received", "return-path",
    "mime-version", "delivered-to", "content-type", "reply-to", "cc",         "x-mailer", "references"};

// Lines "Name: value" at the top, at least two of them with names that mail has.
bool is_eml(const Beginning& it) {
  if (it.is_json() || it.is_empty()) return false;
  auto text = it.text().substr(0, 16'384);
  std::size_t known = 0;
  for (std::size_t lines = 0; !text.empty() && lines < 200; ++lines) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
    const auto line = text.substr(0, end);
    text.remove_prefix(end);
    if (line == "\n" || line == "\r\n") break;
    if (line.front() == ' ' || line.front() == '\t') continue;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return known >= 2;
    const auto name = lower(std::string(line.substr(0, colon)));
    if (lines == 0 && std::ranges::find(kFirst, name) != kFirst.end()) return true;
    if (std::ranges::find(kHeaders, name) != kHeaders.end()) ++known;
  }
  return known >= 2;
}

bool is_mbox(const Beginning& it) {
  return !it.is_json() && it.text().starts_with("From ") && !cut_whole(kMailbox, it.text()).empty();
}

}  // namespace

const SavedFormat kMailbox = {"mbox", "a mailbox (mbox)", is_mbox, read_mbox, Cut::kMail, {}, "e-mail"};
const SavedFormat kMailMessage = {"eml", "an e-mail (EML)", is_eml, read_eml, Cut::kWhole, {}, "e-mail"};

}  // namespace muniment::sources
