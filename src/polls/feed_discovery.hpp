// The feed that a web page names for itself: <link rel="alternate" type="application/rss+xml" href="...">.
#pragma once

#include <string>
#include <string_view>

namespace muniment::polls {

// The first RSS or Atom feed named in the page's first 512 KiB, absolute; empty when there is none.
std::string feed_named_by(std::string_view html, const std::string& address);

}  // namespace muniment::polls
