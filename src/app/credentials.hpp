// Credentials by name: where an archive's secrets come from.  None of it is ever in the ledger.
#pragma once

#include <string>
#include <string_view>

#include "app/archive.hpp"
#include "collect/credential.hpp"
#include "net/proxy.hpp"

namespace muniment::app {

inline constexpr std::uint64_t kMostCredentialBytes = 16U << 10;

// Up to 64 lower-case letters, digits, dots, hyphens and underscores, and no dot in front.
bool is_credential_name(std::string_view name);

// "MUNIMENT_CREDENTIAL_TOWN_X" for "town-x".
std::string credential_variable(std::string_view name);

// Looked for in this order; the first place that has it is read, and no other:
//   the environment variable credential_variable(name)
//   $CREDENTIALS_DIRECTORY/name             as systemd's LoadCredential= gives it
//   ARCHIVE/keys/name.credential            a plain file of this user (or root) that nobody else may read
// From the first call on the process leaves no core dump.  Errors name places, never what stands there:
// kNotFound (in none of them), kDenied (others may read the file), kInvalid (as Credential::read).
Result<collect::Credential> open_credential(const Layout& layout, const std::string& name,
                                            std::string_view parts,
                                            const net::Environment& environment = net::process_environment());

}  // namespace muniment::app
