#include "app/check_index.hpp"

#include "app/turn.hpp"
#include "base/so_many.hpp"
#include "index/comparison.hpp"

namespace muniment::app {
namespace {

// "versions of items: the search index lacks 3 that the ledger gives".
std::string words_for(const index::Difference& difference) {
  std::string out = difference.rows + ": the search index";
  if (difference.missing > 0)
    out += " lacks " + std::to_string(difference.missing) + " that the ledger gives";
  if (difference.extra > 0)
    out += std::string(difference.missing > 0 ? ", and" : "") + " has " + std::to_string(difference.extra) +
           " that the ledger does not give";
  return out + "; the ledger is not concerned, and `muniment rebuild` makes the index anew";
}

void tell(const index::Comparison& compared, verify::Report& report) {
  for (const auto& difference : compared.differences)
    if (difference.entry)
      report.find("index", *difference.entry, words_for(difference));
    else
      report.find("index", words_for(difference));
  for (const auto seq : compared.twice)
    report.find(
        "twice", seq,
        "it captures an item once more, with the same content; nothing is lost by it, but please tell "
        "the makers of this program");
  report.check("the search index, against one made anew from " + std::to_string(compared.position) +
               (compared.position == 1 ? " entry" : " entries"));
}

}  // namespace

void check_index(Archive& archive, const index::Projection::Progress& progress, verify::Report& report) {
  if (!archive.can_be_written())
    return report.could_not(
        "the search index: it is compared with one that is made beside it, and nothing can be written in " +
        archive.layout().root.string() + "; copy the archive to a disk that can be written");
  const auto turn = Turn::to_compare(archive.layout());
  if (!turn) return report.could_not("the search index: another process is comparing it just now");
  const auto compared =
      index::compare_with_new(archive.layout().index(), archive.layout().compared_index(),
                              archive.settings().origin, archive.reader(), archive.entropy(), progress);
  if (!compared)
    return report.could_not("the search index: " + compared.error().what +
                            (compared.error().hint.empty() ? "" : "; " + compared.error().hint));
  tell(*compared, report);
  const auto head = archive.reader().head();
  if (head && head->size > compared->position)
    report.remark("the search index has not come to the last " +
                  base::so_many(head->size - compared->position, "entry", "entries") +
                  " yet; the next command that needs it adds them");
}

}  // namespace muniment::app
