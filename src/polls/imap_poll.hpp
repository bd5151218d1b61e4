// A mailbox asked over IMAP (net/imap.hpp): each message once, the oldest first.
//
// An item is a message, as in a saved mailbox (mail_saved.cpp), and named by its Message-ID.  A message that
// is not in the mailbox any more was filed or thrown away by its own receiver: nothing is concluded from
// that.
#pragma once

#include <memory>

#include "muniment/result.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

// kInvalid: the address is no mailbox's.
Result<std::unique_ptr<sources::Poll>> new_imap_poll(const sources::PollSettings& settings);

}  // namespace muniment::polls
