#include "sources/deleted_marks.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostOfName = 200;

// As the application writes them in English, German, Dutch, French, Spanish, Italian and Portuguese.
constexpr DeletedMark kMarks[] = {
    {"This message was deleted"},
    {"You deleted this message"},
    {"You deleted this message as admin", Fate::kBarred},
    {"This message was deleted by admin", Fate::kBarred, true},
    {"Diese Nachricht wurde gelöscht"},
    {"Du hast diese Nachricht gelöscht"},
    {"Dit bericht is verwijderd"},
    {"Je hebt dit bericht verwijderd"},
    {"U hebt dit bericht verwijderd"},
    {"U heeft dit bericht verwijderd"},
    {"Ce message a été supprimé"},
    {"Vous avez supprimé ce message"},
    {"Se eliminó este mensaje"},
    {"Este mensaje fue eliminado"},
    {"Eliminaste este mensaje"},
    {"Questo messaggio è stato eliminato"},
    {"Hai eliminato questo messaggio"},
    {"Mensagem apagada"},
    {"Esta mensagem foi apagada"},
    {"Você apagou esta mensagem"},
};

// Marks of direction stand before what the application says.
std::string_view bare(std::string_view text) {
  constexpr std::string_view kLeftToRight = "\u200e";
  constexpr std::string_view kRightToLeft = "\u200f";
  while (text.starts_with(kLeftToRight) || text.starts_with(kRightToLeft))
    text.remove_prefix(kLeftToRight.size());
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

}  // namespace

const DeletedMark* deleted_mark(std::string_view text) {
  const auto said = bare(text);
  for (const auto& mark : kMarks) {
    if (said == mark.words) return &mark;
    if (!mark.names_somebody || !said.starts_with(mark.words)) continue;
    const auto name = said.substr(mark.words.size());
    if (name.starts_with(' ') && name.size() < kMostOfName && name.find('\n') == std::string_view::npos)
      return &mark;
  }
  return nullptr;
}

}  // namespace muniment::sources
