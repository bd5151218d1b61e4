#include "app/contacts.hpp"

#include <algorithm>
#include <array>

#include "app/zone.hpp"
#include "base/file.hpp"
#include "base/time.hpp"
#include "collect/append_once.hpp"

namespace muniment::app {
namespace {

std::string new_id(base::Entropy& entropy, const std::string& channel) {
  std::array<std::uint8_t, 8> random{};
  entropy.fill(random);
  return channel + "/" + base::to_hex(base::view(random));
}

Status read_times(const Archive& archive, const ContactWishes& wishes, base::Time now,
                  collect::Contact& contact) {
  const auto& zone = archive.settings().timezone;
  const auto happened = read_typed_time(zone, wishes.happened);
  if (!happened) return wrap(happened.error(), "--happened");
  contact.happened = happened->time;
  contact.day_only = happened->day_only;
  contact.written = now;
  if (wishes.written.empty()) return {};
  const auto written = read_typed_time(zone, wishes.written);
  if (!written) return wrap(written.error(), "--written");
  if (written->day_only)
    return Error{Code::kInvalid, "--written needs an hour and a minute; nothing was recorded",
                 "write for example \"2026-03-03 14:30\""};
  contact.written = written->time;
  return {};
}

Status read_files(const std::vector<std::filesystem::path>& paths, collect::Contact& contact) {
  std::uint64_t left = collect::kMostSuppliedBytes;
  for (const auto& path : paths) {
    if (contact.files.size() == collect::kMostSuppliedFiles) break;  // one too many; check_contact() says so
    auto bytes = base::read_file(path, std::min(left, ledger::kMostAttachmentBytes));
    if (!bytes) return wrap(bytes.error(), "--attach");
    left -= bytes->size();
    contact.files.push_back({path.filename().string(), *std::move(bytes)});
  }
  if (contact.files.size() < paths.size()) contact.files.push_back({"one too many", "."});
  return {};
}

std::vector<std::string> file_lines(const records::Body& body, std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = [&](const char* part) {
      return std::string(records::value_of(body, "media." + std::to_string(i) + "." + part).value_or(""));
    };
    out.push_back(std::to_string(i) + "  " + value("name") + "  " + value("type") + "  " + value("size") +
                  " bytes");
  }
  return out;
}

}  // namespace

Result<ContactAnswer> add_contact(Archive& archive, ContactWishes wishes) {
  auto& contact = wishes.contact;
  const auto now = archive.clock().now();
  if (auto read = read_times(archive, wishes, now, contact); !read) return read.error();
  if (auto read = read_files(wishes.files, contact); !read) return read.error();
  if (auto good = collect::check_contact(contact, now); !good) return good.error();
  const auto id = new_id(archive.entropy(), contact.channel);
  records::Body body;
  const auto compose = [&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
    std::vector<ledger::Draft> drafts;
    drafts.push_back(collect::contact_draft(contact, id, now, archive.entropy()));
    body = drafts.front().body;
    return drafts;
  };
  const auto seq = collect::append_once(archive.appender(), archive.reader(), archive.clock(), compose,
                                        [&](const ledger::Entry& entry, const records::Body& there) {
                                          return entry.kind == ledger::kind::kContact &&
                                                 records::value_of(there, "id") == id;
                                        });
  if (!seq) return seq.error();
  auto remarks = archive.sign_and_index();
  const auto entry = archive.reader().entry(*seq);
  if (!entry) return wrap(entry.error(), "the contact was recorded as entry " + std::to_string(*seq));
  return ContactAnswer{*seq,
                       id,
                       base::to_rfc3339(contact.happened),
                       base::to_rfc3339(contact.written),
                       base::to_rfc3339(entry->time),
                       collect::late_because(contact, now).value_or(""),
                       file_lines(body, contact.files.size()),
                       std::move(remarks)};
}

}  // namespace muniment::app
