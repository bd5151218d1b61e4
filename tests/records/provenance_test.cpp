#include "records/provenance.hpp"

#include <gtest/gtest.h>

#include "records/interaction.hpp"

namespace muniment::records {
namespace {

std::string label(const Body& body, std::string_view field) {
  return std::string(provenance_name(provenance_of(body, field)));
}

TEST(ProvenanceOf, ACapturedItemTellsWhatThePlatformSaysFromWhatWeMadeOfIt) {
  Interaction item;
  item.platform = "mastodon";
  item.id = "https://town.example/1";
  item.posted = "2026-11-01T10:00:00.000Z";
  item.text = "When is low water?";
  item.tags = {"tide"};
  item.counts = {{"likes", 3}};
  BodyBuilder builder;
  add_fields(builder, std::move(item));
  builder.add("fetched", "2026-11-01T11:00:00.000Z").add_bytes("raw", "{}");
  const auto body = builder.build();
  EXPECT_EQ(label(body, "raw"), "observed");
  EXPECT_EQ(label(body, "fetched"), "observed");
  for (const auto* field : {"id", "posted", "counts.likes", "author.name", "visibility"})
    EXPECT_EQ(label(body, field), "reported") << field;
  for (const auto* field : {"text", "text.0001", "tags", "type"})
    EXPECT_EQ(label(body, field), "derived") << field;
}

TEST(ProvenanceOf, AnEntryThatSaysItOfItselfIsBelieved) {
  BodyBuilder builder;
  builder.add("provenance.class", "typed")
      .add("provenance.late", "derived")
      .add("provenance.odd", "supplied");
  const auto body = builder.build();
  EXPECT_EQ(label(body, "text"), "typed");
  EXPECT_EQ(label(body, "late"), "derived");
  EXPECT_EQ(label(body, "odd"), "typed") << "what supplied means stands in the entry; the class holds";
}

}  // namespace
}  // namespace muniment::records
