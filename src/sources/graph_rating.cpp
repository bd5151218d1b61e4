#include "sources/graph_rating.hpp"

#include <string>

#include "records/made_name.hpp"
#include "sources/claims.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kRates = ".rates";  // places.rates, sellers.rates

bool is_story(Json object) {
  const auto data = object.field("data");
  return object.field("type").text().ends_with(kRates) &&
         (data.field("rating") || data.field("review_text") || data.field("recommendation_type"));
}

// A rating holds its story, or only names it; a story may come alone.
Json story_of(Json object) {
  return is_story(object) ? object : object.field("open_graph_story");
}

std::string_view first_text(Json a, Json b) {
  return a.text().empty() ? b.text() : a.text();
}

std::string time_of(Json field) {
  return field.is_text() ? claimed_time(field.text()) : claimed_seconds(field.decimal());
}

std::string rated(std::uint64_t value, std::uint64_t scale) {
  return "rated " + std::to_string(value) + (scale == 0 ? "" : " of " + std::to_string(scale));
}

}  // namespace

bool is_graph_rating(Json object) {
  if (!object.is_object() || object.field("message").is_text()) return is_story(object);
  if (is_story(object)) return true;
  if (!object.field("created_time")) return false;
  return object.field("review_text").is_text() || object.field("recommendation_type").is_text() ||
         is_story(object.field("open_graph_story")) ||
         (object.field("rating") && object.field("reviewer").is_object());
}

Json answers_to_graph_rating(Json object) {
  return story_of(object).field("comments");
}

void read_graph_rating(Json object, Item& item) {
  constexpr std::uint64_t kScale = 5;
  auto& out = item.interaction;
  const auto story = story_of(object);
  const auto said = story.field("data");
  out.platform = "facebook";
  out.type = "review";
  out.posted = time_of(object.field("created_time"));
  for (const auto* when : {"publish_time", "start_time"})
    if (out.posted.empty()) out.posted = time_of(story.field(when));
  const auto who = object.field("reviewer") ? object.field("reviewer") : story.field("from");
  out.author.id = who.field("id").name();
  out.author.name = who.field("name").text();
  out.text = first_text(object.field("review_text"), said.field("review_text"));
  if (out.text.empty()) out.text = story.field("message").text();
  out.lang = said.field("language").text();
  const auto type = first_text(object.field("recommendation_type"), said.field("recommendation_type"));
  const auto stars = object.field("rating") ? object.field("rating") : said.field("rating").field("value");
  if (stars) {
    const auto scale = said.field("rating").field("scale");
    out.summary = rated(stars.number(), scale ? scale.number() : kScale);
    out.counts.emplace_back("rating", stars.number());
  } else if (!type.empty()) {
    out.summary = type == "positive" ? "recommended" : type == "negative" ? "not recommended" : type;
  }
  if (said.field("is_hidden").is_true()) {
    out.visibility = "hidden";
    item.why_private = "a review that is hidden";
  }
  out.id = story.field("id").name();
  if (!out.id.empty()) return;
  item.has_made_name = true;
  out.id = records::made_name("review", out.posted,
                              {out.author.id.empty() ? out.author.name : out.author.id, out.text});
}

}  // namespace muniment::sources
