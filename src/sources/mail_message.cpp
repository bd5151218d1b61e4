#include "sources/mail_message.hpp"

#include <gmime/gmime.h>

#include <memory>
#include <mutex>

#include "base/time.hpp"
#include "base/utf8.hpp"
#include "sources/feed_encoding.hpp"

namespace muniment::sources {
namespace {

struct Unref {
  template <typename T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, g_mime_init);
}

std::string text_of(const char* text) {
  return text == nullptr ? std::string() : base::to_valid_utf8(text);
}

bool is_type(GMimeObject* part, const char* type, const char* subtype) {
  auto* content_type = g_mime_object_get_content_type(part);
  return content_type != nullptr && g_mime_content_type_is_type(content_type, type, subtype) != FALSE;
}

// The bytes of a part as they were before they were made fit for transport.
std::string decoded(GMimePart* part) {
  auto* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  const auto* bytes = g_mime_stream_mem_get_byte_array(reinterpret_cast<GMimeStreamMem*>(stream.get()));
  return bytes == nullptr || bytes->data == nullptr
             ? std::string()
             : std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

// Labels lie in mail as they do in feeds, and are judged by the same rules.
std::string words_of(GMimePart* part) {
  const auto bytes = decoded(part);
  const auto* charset =
      g_mime_object_get_content_type_parameter(reinterpret_cast<GMimeObject*>(part), "charset");
  const auto type = charset == nullptr ? std::string() : "text/plain; charset=" + std::string(charset);
  const auto text = feed_text(bytes, type);
  std::string out = text ? base::to_valid_utf8(text->text()) : base::to_valid_utf8(bytes);
  std::erase(out, '\r');
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

class Reader {
 public:
  explicit Reader(Mail& out) : out_(out) {}

  void read(GMimeMessage* message) {
    headers(message);
    if (auto* body = g_mime_message_get_mime_part(message); body != nullptr) walk(body, 0);
  }

 private:
  void headers(GMimeMessage* message) {
    out_.id = text_of(g_mime_message_get_message_id(message));
    out_.subject = text_of(g_mime_message_get_subject(message));
    if (auto* date = g_mime_message_get_date(message); date != nullptr)
      out_.date = base::to_rfc3339(base::Time(std::chrono::seconds(g_date_time_to_unix(date))));
    if (!base::from_leaf_time(out_.date)) out_.date.clear();
    people(g_mime_message_get_from(message), [&](MailAddress one) {
      if (out_.from.address.empty() && out_.from.name.empty()) out_.from = std::move(one);
    });
    for (auto* list : {g_mime_message_get_to(message), g_mime_message_get_cc(message)})
      people(list, [&](MailAddress one) { out_.to.push_back(std::move(one)); });
    auto* object = reinterpret_cast<GMimeObject*>(message);
    // Headers that speak of the content are kept with the content.
    auto* body = g_mime_message_get_mime_part(message);
    if (body != nullptr) out_.language = text_of(g_mime_object_get_header(body, "Content-Language"));
    const auto answered = ids(g_mime_object_get_header(object, "In-Reply-To"));
    if (!answered.empty()) out_.in_reply_to = answered.front();
    out_.references = ids(g_mime_object_get_header(object, "References"));
  }

  template <typename Take>
  void people(InternetAddressList* list, const Take& take) {
    const int count = list == nullptr ? 0 : internet_address_list_length(list);
    for (int i = 0; i < count && out_.to.size() < kMostMailParts; ++i) {
      auto* one = internet_address_list_get_address(list, i);
      MailAddress found;
      found.name = text_of(internet_address_get_name(one));
      if (INTERNET_ADDRESS_IS_MAILBOX(one))
        found.address =
            text_of(internet_address_mailbox_get_addr(reinterpret_cast<InternetAddressMailbox*>(one)));
      if (!found.name.empty() || !found.address.empty()) take(std::move(found));
    }
  }

  static std::vector<std::string> ids(const char* header) {
    std::vector<std::string> out;
    if (header == nullptr) return out;
    auto* list = g_mime_references_parse(nullptr, header);
    const int count = g_mime_references_length(list);
    for (int i = 0; i < count && out.size() < kMostMailParts; ++i)
      if (auto id = text_of(g_mime_references_get_message_id(list, i)); !id.empty())
        out.push_back(std::move(id));
    g_mime_references_free(list);
    return out;
  }

  void walk(GMimeObject* part, int depth) {
    if (depth > kMostMailDepth || ++parts_ > kMostMailParts) {
      out_.cut_short = true;
      return;
    }
    if (GMIME_IS_MULTIPART(part)) {
      auto* parts = reinterpret_cast<GMimeMultipart*>(part);
      const int count = g_mime_multipart_get_count(parts);
      for (int i = 0; i < count && parts_ <= kMostMailParts; ++i)
        walk(g_mime_multipart_get_part(parts, i), depth + 1);
    } else if (GMIME_IS_MESSAGE_PART(part)) {
      auto* inner = g_mime_message_part_get_message(reinterpret_cast<GMimeMessagePart*>(part));
      out_.attachments.push_back(
          {"message/rfc822", inner == nullptr ? std::string() : text_of(g_mime_message_get_subject(inner)),
           ""});
    } else if (GMIME_IS_PART(part)) {
      leaf(reinterpret_cast<GMimePart*>(part));
    }
  }

  void leaf(GMimePart* part) {
    auto* object = reinterpret_cast<GMimeObject*>(part);
    const auto* disposition = g_mime_object_get_disposition(object);
    const auto* name = g_mime_part_get_filename(part);
    const bool is_file =
        name != nullptr || (disposition != nullptr && g_ascii_strcasecmp(disposition, "attachment") == 0);
    if (!is_file && is_type(object, "text", "html")) {
      add(out_.html, words_of(part));
    } else if (!is_file && is_type(object, "text", "*")) {
      add(out_.text, words_of(part));
    } else {
      auto* type = g_mime_object_get_content_type(object);
      gchar* spelled = type == nullptr ? nullptr : g_mime_content_type_get_mime_type(type);
      out_.attachments.push_back(
          {text_of(spelled), text_of(name), text_of(g_mime_object_get_content_id(object))});
      g_free(spelled);
    }
  }

  static void add(std::string& text, std::string more) {
    if (!text.empty() && !more.empty()) text.push_back('\n');
    text += more;
  }

  Mail& out_;
  std::size_t parts_ = 0;
};

}  // namespace

Mail read_mail(std::string_view bytes) {
  start_gmime();
  Mail out;
  const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  auto* options = g_mime_parser_options_new();
  const char* fallbacks[] = {"utf-8", "windows-1252", nullptr};
  g_mime_parser_options_set_fallback_charsets(options, fallbacks);
  const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options));
  if (message) Reader(out).read(message.get());
  g_mime_parser_options_free(options);
  return out;
}

}  // namespace muniment::sources
