// A source's credential while it is polled: shown where a platform's file says, and taken out of everything
// that is kept or said.
//
// A credential is a set of named parts.  `user` and `expires` are no secrets; every other part is, and so is
// what an answer teaches (a session's token).  Secrets are kept in memory that is overwritten afterwards.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret_text.hpp"
#include "collect/secret_patterns.hpp"
#include "muniment/result.hpp"
#include "net/transport.hpp"
#include "sources/source.hpp"

namespace muniment::collect {

inline constexpr std::size_t kShortestSecret = 8;  // a shorter one could not be told from ordinary words
inline constexpr std::size_t kLongestSecret = 8192;

class Credential {
 public:
  // "NAME=VALUE" lines; or, where there is one line without a known name before a "=", the value of `parts`
  // itself: one part is the whole line, of two parts the first stands before the first colon. Where a
  // password is wanted a token may stand in its place, for mailboxes (show() refuses it elsewhere). kInvalid:
  // a part is missing, or a secret is too short or holds control characters; nothing of it is quoted.
  static Result<Credential> read(std::string name, std::string_view text, std::string_view parts);

  const std::string& name() const { return name_; }
  const std::string& expires() const { return expires_; }  // as the officer wrote it, RFC 3339; may be empty

  // Adds what the question shows; to a mailbox a token, when there is no password.  kDenied, and nothing is
  // to be sent: the credential has no such part, or the request would carry it in the clear.
  Status show(const sources::Ask& ask, net::Request& request) const;

  // Takes what the answer teaches.  kInvalid: it is no JSON object, or what it teaches is too long; it must
  // not be kept.
  Status learn(const sources::Ask& ask, std::string_view body);

  // Writes "withheld" over every secret in a text, whichever of its characters are spelled otherwise
  // (spellings.hpp), also within base64, as it is shown in a header; answers in how many places.
  std::size_t blot(std::string& text) const;
  std::string blotted(std::string text) const;

 private:
  void keep(const std::string& part, std::string_view value);
  std::string_view part(const std::string& name) const;

  std::string name_;
  std::string expires_;
  std::map<std::string, base::SecretText> parts_;
  SecretPatterns patterns_;
};

// Writes "withheld" over the values of tokens in addresses within a text, whoever they belong to.
std::size_t blot_tokens_in_addresses(std::string& text);

}  // namespace muniment::collect
