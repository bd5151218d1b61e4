#include "app/sources.hpp"

#include <algorithm>

#include "app/credentials.hpp"
#include "app/source_address.hpp"
#include "polls/platform.hpp"

namespace muniment::app {
namespace {

using index::SourceRow;

constexpr std::size_t kMostName = 64;

bool is_source_name(std::string_view name) {
  return !name.empty() && name.size() <= kMostName &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
         });
}

// "https://blog.town.example/news" becomes "blog.town.example-news".
std::string name_from(std::string_view url) {
  std::string name;
  for (const char c : url.substr(url.find("//") + 2)) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || lower == '.';
    if (plain)
      name.push_back(lower);
    else if (!name.empty() && name.back() != '-')
      name.push_back('-');
  }
  while (!name.empty() && (name.back() == '-' || name.size() > kMostName)) name.pop_back();
  return name;
}

// The sources as the ledger has them now.
Result<std::vector<SourceRow>> rows(Archive& archive) {
  auto catalogue = archive.catalogue();
  if (!catalogue) return catalogue.error();
  auto all = catalogue->sources();
  if (!all) return all.error();
  std::erase_if(*all, [](const SourceRow& row) { return row.state == SourceRow::State::kRemoved; });
  return all;
}

ledger::Draft draft(const SourceRow& row, const std::string& action, const std::string& actor) {
  records::BodyBuilder body;
  body.add("name", row.name).add("platform", row.platform).add("url", row.url).add("action", action);
  body.add("allow-private", row.allow_private ? "yes" : "").add("actor", actor);
  body.add("credential", row.credential);
  return {std::string(ledger::kind::kSource), body.build()};
}

// The credential itself may come later, by another hand; its name must be one.
Status check_credential(const polls::Platform& platform, const std::string& name) {
  if (name.empty()) return {};
  if (platform.login == polls::Login::kNone)
    return Error{Code::kInvalid, std::string(platform.name) + " takes no credential",
                 "leave out --credential"};
  if (!is_credential_name(name))
    return Error{
        Code::kInvalid,
        "--credential takes the name of a credential, not the credential: up to 64 lower-case letters, "
        "digits, dots, hyphens and underscores; nothing was written",
        "if a password was typed there, change it: it may be in the history of this shell"};
  return {};
}

// Neither its address nor its name is taken by a source there is.
Status check_free(Archive& archive, const SourceRow& row) {
  const auto there = rows(archive);
  if (!there) return there.error();
  for (const auto& other : *there)
    if (other.url == row.url && other.platform == row.platform)
      return Error{Code::kConflict,
                   "that address is captured already, as " + other.name + "; nothing was changed",
                   "`muniment source watch " + other.name + "` tells and changes what is decided of it"};
  for (const auto& other : *there)
    if (other.name == row.name)
      return Error{Code::kConflict, "there is a source named " + row.name + " already; nothing was changed",
                   "give this one another name with --name"};
  return {};
}

}  // namespace

std::vector<std::string> platform_names() {
  std::vector<std::string> out;
  for (const auto& row : polls::platforms()) out.emplace_back(row.name);
  return out;
}

std::vector<std::string> platform_lines() {
  std::vector<std::string> out;
  for (const auto& row : polls::platforms()) {
    std::string line(row.name);
    line.resize(std::max<std::size_t>(line.size() + 1, 12), ' ');
    line.append(row.takes).append("\n            ").append(row.sentence);
    if (row.login != polls::Login::kNone) {
      line += row.login == polls::Login::kNeeded ? "; credential needed: " : "; credential, if any: ";
      line += row.parts;
      if (row.is_mail) line += ", or user token";
    }
    out.push_back(std::move(line));
  }
  return out;
}

Result<std::string> add_source(Archive& archive, const NewSource& wanted) {
  const auto* platform = polls::platform_named(wanted.platform);
  if (platform == nullptr)
    return Error{Code::kInvalid, "there is no platform of that name", polls::platform_names()};
  auto url = address_to_keep(wanted.url);
  if (!url) return url.error();
  if (auto good = check_credential(*platform, wanted.credential); !good) return good.error();
  if (auto poll = polls::new_poll(wanted.platform, {*url, {}, {}, !wanted.credential.empty()}); !poll)
    return poll.error();
  SourceRow row;
  row.name = wanted.name.empty() ? name_from(*url) : wanted.name;
  row.platform = wanted.platform;
  row.url = *url;
  row.allow_private = wanted.allow_private;
  row.credential = wanted.credential;
  if (!is_source_name(row.name))
    return Error{Code::kInvalid,
                 "a source's name has up to 64 lower-case letters, digits, dots, hyphens and underscores",
                 "give one with --name"};
  const auto compose = [&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
    if (auto free = check_free(archive, row); !free) return free.error();
    return std::vector{draft(row, "add", wanted.actor)};
  };
  if (auto added = archive.appender().append(compose); !added) return added.error();
  if (auto signed_now = archive.sign(); !signed_now) return signed_now.error();
  return row.name;
}

Status change_source(Archive& archive, const std::string& name, SourceChange change,
                     const std::string& actor) {
  // Asked for each head anew: somebody else may just have changed it.
  const auto compose = [&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
    const auto there = rows(archive);
    if (!there) return there.error();
    const auto row =
        std::find_if(there->begin(), there->end(), [&](const SourceRow& r) { return r.name == name; });
    if (row == there->end())
      return Error{Code::kNotFound, "there is no source of that name", "`muniment source list` shows them"};
    const bool paused = row->state == SourceRow::State::kPaused;
    if ((change == SourceChange::kPause && paused) || (change == SourceChange::kResume && !paused))
      return Error{Code::kConflict,
                   name + (paused ? " is paused already" : " is active already") + "; nothing was changed"};
    const char* action = change == SourceChange::kPause    ? "pause"
                         : change == SourceChange::kResume ? "resume"
                                                           : "remove";
    return std::vector{draft(*row, action, actor)};
  };
  if (auto done = archive.appender().append(compose); !done) return done.error();
  if (auto signed_now = archive.sign(); !signed_now) return signed_now.error();
  return {};
}

Result<std::vector<SourceRow>> list_sources(Archive& archive) {
  return rows(archive);
}

}  // namespace muniment::app
