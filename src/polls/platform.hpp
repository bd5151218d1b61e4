// The platforms that can be polled: one row each.  Help, checks and errors are made from the rows.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

// What an officer has to hand over before a platform shows more, or anything at all.
enum class Login { kNone, kOptional, kNeeded };

struct Platform {
  std::string_view name;      // stored in the ledger: never renamed
  std::string_view takes;     // the addresses it can be given
  std::string_view sentence;  // what comes of it
  Login login = Login::kNone;
  std::string_view parts = {};  // of the credential, by spaces: "token", "user password"
  std::string_view hosts = {};  // https hosts, beside the source's own, that the credential may be shown to
  bool is_mail = false;         // asked over IMAP, not HTTP
  // kInvalid: the address is none that the platform takes; kDenied: it needs a credential.
  Result<std::unique_ptr<sources::Poll>> (*poll)(const sources::PollSettings&) = nullptr;
};

std::span<const Platform> platforms();

// Null when there is none of that name.
const Platform* platform_named(std::string_view name);

// "one of: wordpress, feed, …"
std::string platform_names();

// kInvalid: no platform of that name; else as Platform::poll.
Result<std::unique_ptr<sources::Poll>> new_poll(std::string_view platform,
                                                const sources::PollSettings& settings);

}  // namespace muniment::polls
