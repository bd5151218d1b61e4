#include "polls/graph_family.hpp"

#include "sources/claims.hpp"

namespace muniment::polls {

const GraphFamily kFacebookGraph = {
    .platform = "facebook",
    .api = "https://graph.facebook.com/v21.0",
    .fields =
        "id,created_time,updated_time,message,story,permalink_url,from,is_hidden,is_published,privacy,shares,"
        "message_tags,attachments{type,media,url,description,subattachments},comments.limit(100).summary("
        "true){id,created_"
        "time,message,from,"
        "permalink_url,like_count,comment_count,is_hidden,message_tags,attachment,parent{id},comments.limit("
        "100){"
        "id,"
        "created_time,"
        "message,from,permalink_url,like_count,comment_count,is_hidden,message_tags,attachment,parent{id}}}",
    .fields_of_comment =
        "id,created_time,message,from,permalink_url,like_count,comment_count,is_hidden,parent{id}",
    .lists = {{"posts", "feed"}, {"tagged", "tagged", true}, {}},
    .by_name = true};
const GraphFamily kInstagramGraph = {
    .platform = "instagram",
    .api = "https://graph.instagram.com/v21.0",
    .fields =
        "id,caption,media_type,media_product_type,media_url,permalink,timestamp,"
        "username,like_count,comments_count,children{media_type,media_url},"
        "comments{id,text,timestamp,username,from,like_count,hidden,parent_id,"
        "replies{id,text,timestamp,username,from,"
        "like_count,hidden}}",
    .fields_of_comment = "id,text,timestamp,username,from,like_count,hidden,parent_id",
    .lists = {{"posts", "media"}, {"tagged", "tags", true}, {}}};
constexpr std::string_view kThreadsFields =
    "id,media_product_type,media_type,media_url,permalink,owner,username,text,timestamp,alt_text,has_"
    "replies,"
    "children{media_type,media_url,alt_text},"
    "is_quote_post,quoted_post{id},reposted_post{id},root_post{id},replied_to{id}";
const GraphFamily kThreadsGraph = {
    .platform = "threads",
    .api = "https://graph.threads.net/v1.0",
    .fields = kThreadsFields,
    .fields_of_comment = kThreadsFields,
    .lists = {{"posts", "threads"}, {"own-replies", "replies"}, {"mentions", "mentions", true}},
    .answers = "conversation"};

bool is_graph_id(std::string_view text) {
  return is_word_of(text, 128, "_.-");
}

std::optional<Error> graph_error(const Answer& answer, const Result<JsonPage>& page) {
  const auto error = page ? page->root().field("error") : Json();
  if (!error.is_object() && answer.status >= 200 && answer.status < 300) return std::nullopt;
  const auto code = error.field("code").number();
  const auto what = "the platform answered " + std::to_string(answer.status) +
                    (code != 0 ? ", error " + std::to_string(code) : "") + ": " +
                    sources::excerpt(error.field("message").text());
  const bool is_login = code == 190 || code == 102 || code == 10 || (code >= 200 && code < 300) ||
                        answer.status == 401 || answer.status == 403;
  const bool is_busy = code == 1 || code == 2 || code == 4 || code == 17 || code == 32 || code == 341 ||
                       code == 613 || (code >= 80'000 && code < 80'015) || answer.status == 429 ||
                       answer.status >= 500;
  if (is_login)
    return Error{Code::kDenied, what, "Renew the token, with the rights that docs/sources.md names."};
  if (is_busy) return Error{Code::kUnavailable, what, "Nothing is lost; the next harvest asks again."};
  return Error{Code::kInvalid, what};
}

}  // namespace muniment::polls
