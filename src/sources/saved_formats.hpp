// The rows of the table of saved files; each is defined in the file of its format.
#pragma once

#include "sources/saved.hpp"

namespace muniment::sources {

extern const SavedFormat kSavedMastodon;
extern const SavedFormat kSavedWordPress;
extern const SavedFormat kSavedFeed;
extern const SavedFormat kXArchive;
extern const SavedFormat kXMessages;
extern const SavedFormat kXPages;
extern const SavedFormat kActivityPub;
extern const SavedFormat kWordPressExport;
extern const SavedFormat kDisqusExport;

}  // namespace muniment::sources
