// One post, page, attachment or comment of WordPress, in our terms.
#pragma once

#include <string>
#include <string_view>

#include "sources/item.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {

enum class WordPressItem {
  kNone,        // something else
  kPost,        // wp/v2: posts, pages, attachments, custom types
  kComment,     // wp/v2: comments, pingbacks, trackbacks
  kComPost,     // WordPress.com v1.1, a post
  kComComment,  // WordPress.com v1.1, a comment
};

WordPressItem wordpress_item(Json object);

enum class WordPressNaming {
  kNothing,     // nothing identifies the item
  kOwn,         // it is named as it names itself, or after `site` where it does not say
  kAfterAsked,  // it names itself after another host than that of `site`, and is named after `site`
};

// `site`: "host[:port][/path]" that was asked; empty: it is not known, and the item is believed.  `site_id`:
// WordPress.com's number of the site, where the item itself does not say.
WordPressNaming read_wordpress_item(WordPressItem kind, Json object, std::string_view site,
                                    std::string_view site_id, Item& out);

// Why not everybody is shown it, as in Item::why_private; the same for pages and for the export file.
// `under_password`: it has one, and its words are there all the same.
std::string_view privacy_of_wordpress_post(std::string_view status, bool under_password);
std::string_view privacy_of_wordpress_comment(std::string_view status);

}  // namespace muniment::sources
