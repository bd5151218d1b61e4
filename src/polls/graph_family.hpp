// Meta's platforms, as far as they differ: what is asked for, and how an answer says that something is wrong.
#pragma once

#include <optional>
#include <string_view>

#include "polls/api_poll.hpp"

namespace muniment::polls {

struct GraphList {
  std::string_view name;  // in the memory
  std::string_view edge;  // of the node
  bool optional = false;  // not every token has the right to it
};

struct GraphFamily {
  std::string_view platform;
  std::string_view api;
  std::string_view fields;             // of what is published, with what stands inside
  std::string_view fields_of_comment;  // to ask for others is an error
  GraphList lists[3];
  bool by_name =
      false;  // the node is named in the address; else it is the token's own, which must bear that name
  std::string_view answers = {};  // the edge of a post that lists its answers, where they do not stand inside
};

extern const GraphFamily kFacebookGraph, kInstagramGraph, kThreadsGraph;

// What may be put into an address.
bool is_graph_id(std::string_view text);

// The interface says most of what is wrong with status 400 and a number.  nullopt: nothing is.  kDenied: the
// token; kUnavailable: a limit, for later; else kInvalid.
std::optional<Error> graph_error(const Answer& answer, const Result<JsonPage>& page);

}  // namespace muniment::polls
