// The rows of the table of saved files; each is defined in the file of its format.
#pragma once

#include "sources/saved.hpp"

namespace muniment::sources {

extern const SavedFormat kSavedMastodon;
extern const SavedFormat kSavedWordPress;
extern const SavedFormat kSavedFeed;
extern const SavedFormat kBluesky;
extern const SavedFormat kBlueskyRepository;
extern const SavedFormat kXArchive;
extern const SavedFormat kXCircle;
extern const SavedFormat kXMessages;
extern const SavedFormat kXPages;
extern const SavedFormat kXLookup;
extern const SavedFormat kActivityPub;
extern const SavedFormat kWordPressExport;
extern const SavedFormat kDisqusExport;
extern const SavedFormat kFacebookExport;
extern const SavedFormat kInstagramExport;
extern const SavedFormat kInstagram2018Export;
extern const SavedFormat kThreadsExport;
extern const SavedFormat kFacebookPhotos;
extern const SavedFormat kFacebookRecommendations;
extern const SavedFormat kFacebookReviews;
extern const SavedFormat kMetaLabels;
extern const SavedFormat kMetaMessages;
extern const SavedFormat kGraph;
extern const SavedFormat kReddit;
extern const SavedFormat kYouTube;
extern const SavedFormat kYouTubeTakeout;
extern const SavedFormat kYouTubeTakeoutPage;
extern const SavedFormat kDiscourse;
extern const SavedFormat kTelegram;
extern const SavedFormat kWhatsApp;
extern const SavedFormat kLinkedInMessages;
extern const SavedFormat kLinkedInPosts;
extern const SavedFormat kGooglePlus;
extern const SavedFormat kGooglePlusPage;
extern const SavedFormat kMailbox;
extern const SavedFormat kMailMessage;
extern const SavedFormat kTable;

}  // namespace muniment::sources
