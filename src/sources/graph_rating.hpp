// What people say of a Facebook page as a whole, as the Graph API gives it: ratings, and since 2018
// recommendations.
//
//   /PAGE/ratings  {"created_time", "reviewer": {…}, "rating": 1 to 5, "recommendation_type": "positive",
//                   "review_text", "open_graph_story": {"id", "data", "comments"}}
//   a story        {"id", "type": "places.rates" or "sellers.rates", "from": {…}, "publish_time",
//                   "data": {"rating": {"value", "scale"}, "review_text", "is_hidden"}, "comments"}
#pragma once

#include "sources/item.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {

bool is_graph_rating(Json object);

// An item of type "review"; private where the page hides it.  How it was rated is its summary, so that
// another rating is an edit, and as a number a counter.  Its id is that of the story, where there is one;
// else it is made (made_name.hpp).
void read_graph_rating(Json object, Item& out);

// The answers to it.
Json answers_to_graph_rating(Json object);

}  // namespace muniment::sources
