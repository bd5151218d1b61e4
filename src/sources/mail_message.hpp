// One e-mail (RFC 5322, MIME), taken apart.  The only place that knows GMime.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muniment::sources {

inline constexpr int kMostMailDepth = 64;             // of parts within parts
inline constexpr std::size_t kMostMailParts = 1'000;  // more are left out

struct MailAddress {
  std::string name;
  std::string address;
};

struct MailAttachment {
  std::string type;        // "image/png"
  std::string name;        // of the file; may be empty
  std::string content_id;  // without the brackets; may be empty
};

struct Mail {
  std::string id;  // without the brackets, as are all of them
  std::string in_reply_to;
  std::vector<std::string> references;  // the first message of the thread comes first
  MailAddress from;
  std::vector<MailAddress> to;  // To and Cc
  std::string subject;
  std::string date;      // RFC 3339 UTC with milliseconds; empty when it is no date
  std::string language;  // Content-Language
  std::string text;      // plain text where there is any, else …
  std::string html;      // … the HTML
  std::vector<MailAttachment> attachments;
  bool cut_short = false;  // deeper, or of more parts, than the limits above
};

// Never fails: whatever the bytes are, something of a message may be in them.  All texts are UTF-8.
Mail read_mail(std::string_view bytes);

}  // namespace muniment::sources
