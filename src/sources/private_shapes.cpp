#include "sources/private_shapes.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <iterator>
#include <optional>

#include "sources/json_page.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kDirect = "a direct message";
constexpr std::string_view kChat = "a message in a private chat";
constexpr std::string_view kChosen = "a post for chosen people only";
constexpr std::string_view kWorkspace = "a message of a closed workspace";

constexpr std::string_view kNot = "-";       // a value: there is no such field
constexpr std::size_t kMostNameBytes = 64;   // of fields that are looked for, and of their values
constexpr std::size_t kMostTextsWithin = 2;  // JSON in a text of JSON in a text

// A path of names ("chat.type").  Its value: empty stands for any, "m_*" for what begins so.
struct Field {
  std::string_view path;
  std::string_view value = {};
};
struct Shape {
  std::string_view why;
  std::array<Field, 4> fields;  // in one object; those without a path are none
};

constexpr Shape kShapes[] = {
    // Mastodon, ActivityPub
    {kDirect, {{{"visibility", "direct"}}}},
    {kDirect, {{{"visibility", "specified"}}}},
    {kChosen, {{{"visibility", "private"}}}},
    {kChosen, {{{"visibility", "followers"}}}},
    {kChosen, {{{"visibility", "limited"}}}},
    // Telegram: exports; updates for a bot
    {kChat, {{{"type", "personal_chat"}}}},
    {kChat, {{{"type", "private_group"}}}},
    {kChat, {{{"type", "private_supergroup"}}}},
    {kChat, {{{"type", "private_channel"}}}},
    {kChat, {{{"type", "bot_chat"}}}},
    {kChat, {{{"type", "saved_messages"}}}},
    {kChat, {{{"message_id"}, {"chat"}, {"chat.type", "private"}}}},
    {kChat, {{{"message_id"}, {"chat"}, {"chat.title"}, {"chat.username", kNot}}}},
    // Discord
    {kChat, {{{"type", "DirectTextChat"}}}},
    {kChat, {{{"type", "DirectGroupTextChat"}}}},
    // Reddit, Discourse
    {kDirect, {{{"kind", "t4"}}}},
    {kDirect, {{{"archetype", "private_message"}}}},
    // X: archives, v2, v1.1, older than that, and what its pages load
    {kDirect, {{{"dmConversation"}}}},
    {kDirect, {{{"messageCreate"}}}},
    {kDirect, {{{"recipientId"}, {"senderId"}}}},
    {kDirect, {{{"dm_conversation_id"}}}},
    {kDirect, {{{"event_type", "MessageCreate"}}}},
    {kDirect, {{{"direct_message"}}}},
    {kDirect, {{{"direct_messages"}}}},
    {kDirect, {{{"direct_message_events"}}}},
    {kDirect, {{{"message_create"}}}},
    {kDirect, {{{"message_data"}}}},
    {kDirect, {{{"recipient_screen_name"}, {"sender_screen_name"}}}},
    // Bluesky
    {kDirect, {{{"$type", "chat.bsky.convo.*"}}}},
    {kDirect, {{{"rev"}, {"sender"}, {"sentAt"}}}},
    {kDirect, {{{"rev"}, {"members"}, {"unreadCount"}}}},
    // Meta: exports, the Graph API, what it sends to a page's server
    {kDirect, {{{"sender_name"}, {"timestamp_ms"}}}},
    {kDirect, {{{"sender_name"}, {"content"}}}},
    {kDirect, {{{"senderName"}, {"isUnsent"}}}},
    {kDirect, {{{"participants"}, {"conversation"}}}},
    {kDirect, {{{"id", "m_*"}, {"message"}}}},
    {kDirect, {{{"id", "m_*"}, {"from"}}}},
    {kDirect, {{{"id", "m_*"}, {"attachments"}}}},
    {kDirect, {{{"id", "t_*"}, {"participants"}}}},
    {kDirect, {{{"id", "t_*"}, {"messages"}}}},
    {kDirect, {{{"id", "t_*"}, {"snippet"}}}},
    {kDirect, {{{"id", "aWdfZ*"}}}},
    {kDirect, {{{"sender"}, {"recipient"}, {"timestamp"}}}},
    // WhatsApp's interfaces
    {kChat, {{{"messaging_product", "whatsapp"}}}},
    {kChat, {{{"wa_id"}}}},
    {kChat, {{{"id", "wamid.*"}}}},
    // Slack
    {kWorkspace, {{{"client_msg_id"}}}},
    {kWorkspace, {{{"type", "message"}, {"ts"}}}},
    // Teams and Skype: Microsoft's interface, exports
    {kChat, {{{"messageType"}, {"createdDateTime"}, {"body"}}}},
    {kChat, {{{"messagetype"}, {"conversationid"}}}},
    // Google Chat: Takeout, the interface; Hangouts
    {kChat, {{{"creator"}, {"created_date"}, {"message_id"}}}},
    {kChat, {{{"creator"}, {"created_date"}, {"topic_id"}}}},
    {kChat, {{{"sender"}, {"createTime"}, {"space"}}}},
    {kChat, {{{"conversation_id"}, {"chat_message"}}}},
    // Signal
    {kChat, {{{"sent_at"}, {"type", "incoming"}}}},
    {kChat, {{{"sent_at"}, {"type", "outgoing"}}}},
    {kChat, {{{"sent_at"}, {"conversationId"}}}},
    {kChat, {{{"sourceDevice"}, {"dataMessage"}}}},
};
using Shapes = std::bitset<std::size(kShapes)>;

bool fits(std::string_view said, std::string_view value) {
  if (value.ends_with('*')) return said.starts_with(value.substr(0, value.size() - 1));
  return value.empty() || said == value;
}

std::string_view last_name(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

// Which fields of which shapes stand in a text, wherever.
class Seen {
 public:
  // Every text between two quotes may be a name, those with a backslash before them too.
  explicit Seen(std::string_view text) {
    for (auto open = text.find('"'); open != std::string_view::npos;) {
      const auto close = text.find('"', open + 1);
      if (close == std::string_view::npos) break;
      if (close - open <= kMostNameBytes)
        note(without_backslash(text.substr(open + 1, close - open - 1)), text.substr(close + 1));
      open = close;
    }
  }

  Shapes whole() const {
    Shapes out;
    for (std::size_t i = 0; i < std::size(kShapes); ++i) {
      bool all = true;
      for (std::size_t f = 0; f < kShapes[i].fields.size(); ++f)
        all =
            all && (found_[i][f] || kShapes[i].fields[f].path.empty() || kShapes[i].fields[f].value == kNot);
      out[i] = all;
    }
    return out;
  }

 private:
  static std::string_view without_backslash(std::string_view text) {
    if (text.ends_with('\\')) text.remove_suffix(1);
    return text;
  }

  static std::string_view after_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return text;
  }

  void note(std::string_view name, std::string_view rest) {
    rest = after_blanks(rest);
    if (name.empty() || !rest.starts_with(':')) return;
    std::optional<std::string_view> said;
    for (std::size_t i = 0; i < std::size(kShapes); ++i)
      for (std::size_t f = 0; f < kShapes[i].fields.size(); ++f) {
        const auto& field = kShapes[i].fields[f];
        if (found_[i][f] || last_name(field.path) != name) continue;
        if (!said) said = text_at(after_blanks(rest.substr(1)));
        found_[i][f] = fits(*said, field.value);
      }
  }

  static std::string_view text_at(std::string_view rest) {
    if (rest.starts_with('\\')) rest.remove_prefix(1);
    if (!rest.starts_with('"')) return {};
    rest = rest.substr(1, kMostNameBytes);
    return without_backslash(rest.substr(0, rest.find('"')));
  }

  std::array<std::array<bool, 4>, std::size(kShapes)> found_ = {};
};

// The same within one object of JSON.
class Walk {
 public:
  explicit Walk(const Shapes& wanted) : wanted_(wanted) {}

  void look(Json value, std::size_t texts_within) {
    if (value.is_object()) {
      for (std::size_t i = 0; i < std::size(kShapes) && why_.empty(); ++i)
        if (wanted_[i] && stands_in(value, kShapes[i])) why_ = kShapes[i].why;
      for (JsonFields field(value); field && why_.empty(); field.next()) look(field.value(), texts_within);
    } else if (value.is_list()) {
      for (JsonList one(value); one && why_.empty(); one.next()) look(one.value(), texts_within);
    } else if (const auto text = value.text(); texts_within < kMostTextsWithin && is_like_json(text)) {
      if (auto page = JsonPage::parse(text)) look(page->root(), texts_within + 1);
    }
  }

  std::string_view why() const { return why_; }

 private:
  static bool is_like_json(std::string_view text) { return text.starts_with('{') || text.starts_with('['); }

  static bool stands_in(Json object, const Shape& shape) {
    return std::ranges::all_of(shape.fields, [&](const Field& field) {
      if (field.path.empty()) return true;
      const auto value = at(object, field.path);
      if (field.value == kNot) return !value;
      return value && fits(value.text(), field.value);
    });
  }

  static Json at(Json object, std::string_view path) {
    const auto dot = path.find('.');
    const auto value = object.field(path.substr(0, dot));
    return dot == std::string_view::npos ? value : at(value, path.substr(dot + 1));
  }

  const Shapes& wanted_;
  std::string_view why_;
};

}  // namespace

std::string_view private_shape_in(std::string_view text) {
  const auto shapes = Seen(text).whole();
  if (shapes.none()) return {};
  auto page = JsonPage::parse(text);
  if (!page) {
    std::size_t first = 0;
    while (!shapes[first]) ++first;
    return kShapes[first].why;
  }
  Walk walk(shapes);
  walk.look(page->root(), 0);
  return walk.why();
}

}  // namespace muniment::sources
