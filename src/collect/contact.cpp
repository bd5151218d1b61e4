#include "collect/contact.hpp"

#include <algorithm>
#include <array>

#include "base/sha256.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "collect/exchange.hpp"
#include "collect/file_type.hpp"

namespace muniment::collect {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::array<std::string_view, 6> kChannels = {"phone",   "counter", "letter",
                                                       "meeting", "message", "email"};
constexpr std::size_t kLongestName = 1000;
constexpr minutes kClocksDiffer{5};

std::string counted(std::int64_t number, const std::string& unit) {
  return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
}

// "2 days 3 hours"
std::string length_of(milliseconds time) {
  const auto all = std::chrono::duration_cast<minutes>(time).count();
  const auto days = all / (24 * 60), left_hours = all / 60 % 24, left_minutes = all % 60;
  if (days > 0) return counted(days, "day") + (left_hours > 0 ? " " + counted(left_hours, "hour") : "");
  if (left_hours > 0)
    return counted(left_hours, "hour") + (left_minutes > 0 ? " " + counted(left_minutes, "minute") : "");
  return counted(left_minutes, "minute");
}

Error invalid(std::string what, std::string hint = {}) {
  return {Code::kInvalid, std::move(what) + "; nothing was recorded", std::move(hint)};
}

Status check_texts(const Contact& contact) {
  for (const auto* text : {&contact.text, &contact.summary, &contact.person, &contact.handle, &contact.actor,
                           &contact.written_by, &contact.late_reason})
    if (!base::is_utf8(*text))
      return invalid("a text is not UTF-8", "save it as UTF-8, or add the file as it is with --attach");
  if (contact.text.size() > kMostContactText)
    return invalid("the text has more than " + std::to_string(kMostContactText) + " bytes",
                   "add it as a file with --attach");
  for (const auto* name : {&contact.summary, &contact.person, &contact.handle, &contact.actor,
                           &contact.written_by, &contact.late_reason})
    if (name->size() > kLongestName || name->find('\n') != std::string::npos)
      return invalid("a name, subject or reason is one line of at most " + std::to_string(kLongestName) +
                     " bytes");
  return {};
}

Status check_files(const Contact& contact) {
  if (contact.files.size() > kMostSuppliedFiles)
    return invalid("a contact has at most " + std::to_string(kMostSuppliedFiles) + " attachments",
                   "add the rest as a second contact");
  std::uint64_t all = 0;
  for (const auto& file : contact.files) {
    const auto name = base::for_terminal(file.name);
    if (file.bytes.empty()) return invalid("the file " + name + " is empty");
    if (file.bytes.size() > ledger::kMostAttachmentBytes)
      return invalid("the file " + name + " is larger than " +
                     std::to_string(ledger::kMostAttachmentBytes >> 20U) + " MiB");
    all += file.bytes.size();
  }
  if (all > kMostSuppliedBytes)
    return invalid(
        "the attachments are larger than " + std::to_string(kMostSuppliedBytes >> 20U) + " MiB together",
        "add the rest as a second contact");
  return {};
}

void add_file(ledger::Draft& draft, records::BodyBuilder& body, std::uint16_t number,
              const SuppliedFile& file, base::Entropy& entropy) {
  const auto media = "media." + std::to_string(number);
  ledger::Attachment attachment{number, ledger::new_attachment_name(entropy), file.bytes};
  body.add(media + ".file", attachment.name)
      .add(media + ".name", base::to_valid_utf8(file.name))
      .add(media + ".sha256", base::to_hex(base::sha256(file.bytes)))
      .add(media + ".type", file_type(file.bytes))
      .add_number(media + ".size", file.bytes.size())
      .add("provenance." + media, "supplied")
      .add("provenance." + media + ".type", "derived");
  draft.attachments.push_back(std::move(attachment));
}

}  // namespace

std::span<const std::string_view> contact_channels() {
  return kChannels;
}

std::optional<std::string> late_because(const Contact& contact, base::Time now) {
  if (!contact.late_reason.empty()) return "marked as late by who entered it: " + contact.late_reason;
  const auto allowed = " allowed " + counted(contact.late_after.count(), "hour");
  const auto since = contact.happened + (contact.day_only ? hours{24} : hours{0});
  if (contact.written - since > contact.late_after)
    return "written down " + length_of(contact.written - since) + " after " +
           (contact.day_only ? "the end of the day on which it happened" : "it happened") +
           ", more than the" + allowed;
  if (now - contact.written > contact.late_after)
    return "entered " + length_of(now - contact.written) + " after it was written down, more than the" +
           allowed;
  return std::nullopt;
}

Status check_contact(const Contact& contact, base::Time now) {
  if (std::find(kChannels.begin(), kChannels.end(), contact.channel) == kChannels.end()) {
    std::string known;
    for (const auto name : kChannels) known += (known.empty() ? "" : ", ") + std::string(name);
    return invalid("there is no channel of that name", "one of: " + known);
  }
  if (auto good = check_texts(contact); !good) return good;
  if (auto good = check_files(contact); !good) return good;
  if (contact.text.find_first_not_of(" \t\r\n") == std::string::npos && contact.files.empty())
    return invalid("nothing was said", "give the words with --text, --file or on standard input");
  if (contact.written < contact.happened)
    return invalid("it was written down before it happened", "check --happened and --written");
  if (contact.written > now + kClocksDiffer)
    return invalid("it was written down in the future", "check --happened and --written, and the clock");
  return {};
}

ledger::Draft contact_draft(const Contact& contact, const std::string& id, base::Time now,
                            base::Entropy& entropy) {
  ledger::Draft draft{std::string(ledger::kind::kContact), {}};
  records::BodyBuilder body;
  body.add("actor", contact.actor).add("agent", std::string(kAgent)).add("written.by", contact.written_by);
  body.add("platform", "contact").add("type", contact.channel).add("tags", contact.channel).add("id", id);
  body.add("direction", contact.incoming ? "in" : "out");
  const std::string other = contact.incoming ? "author" : "recipient";
  body.add_text(other + ".name", contact.person).add(other + ".handle", contact.handle);
  body.add("posted", base::to_rfc3339(contact.happened)).add("written", base::to_rfc3339(contact.written));
  if (contact.day_only) body.add("posted.precision", "day");
  body.add_text("summary", contact.summary).add_text("text", contact.text);
  body.add("provenance.class", "typed");
  body.add_number("late.after.hours", static_cast<std::uint64_t>(contact.late_after.count()));
  if (const auto why = late_because(contact, now)) {
    body.add("late", "yes").add("late.why", *why);
    body.add("provenance.late", contact.late_reason.empty() ? "derived" : "typed");
  }
  for (std::size_t i = 0; i < contact.files.size(); ++i)
    add_file(draft, body, static_cast<std::uint16_t>(i), contact.files[i], entropy);
  draft.body = body.build();
  return draft;
}

}  // namespace muniment::collect
