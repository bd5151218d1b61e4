// One object of ActivityPub (ActivityStreams 2.0), in our terms: a note, an article, a page, a question, a
// film or an event.  Servers differ in the shape of nearly every field: a text, an object, or a list of
// either.
#pragma once

#include <string>
#include <string_view>

#include "sources/json_page.hpp"
#include "sources/saved.hpp"

namespace muniment::sources {

// The object's own name: its id, or it itself when it is a text.  Of a list that of the first.
std::string_view activitypub_id(Json value);

// "Note"; of a list the first.
std::string_view activitypub_type(Json object);

// A type that says something, and not one of people, activities or collections.
bool is_activitypub_post(Json object);

// Who may see it, from the addressees of the object, else of the activity: "public", "unlisted", "followers",
// "direct" (also where these fields name nobody); empty when there are no such fields.
std::string_view activitypub_visibility(Json object, Json activity);

// Why that visibility is private; empty when it is not.
std::string_view activitypub_privacy(std::string_view visibility);

// Everything of a post.  `activity`: what it came in, or nothing.
void read_activitypub_post(Json object, Json activity, const SavedContext& context, Item& out);

// An account: a text or an object; its handle is derived from an address that holds it.
records::Account activitypub_account(Json value, const SavedContext& context);

}  // namespace muniment::sources
