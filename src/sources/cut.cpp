#include "sources/cut.hpp"

#include "sources/csv.hpp"
#include "sources/cut_json.hpp"
#include "sources/cut_text.hpp"

namespace muniment::sources {
namespace {

class WholeCutter : public Cutter {
 public:
  void look(std::string_view held, bool last, std::vector<Slice>& records) override {
    if (last && !held.empty()) records.push_back({0, held.size()});
  }
  void drop(std::size_t) override {}
};

}  // namespace

std::unique_ptr<Cutter> new_cutter(const SavedFormat& format) {
  switch (format.cut) {
    case Cut::kJson:
      return std::make_unique<JsonCutter>(format.list);
    case Cut::kMail:
      return std::make_unique<MailCutter>();
    case Cut::kRows:
      return std::make_unique<RowCutter>();
    case Cut::kElements:
      return std::make_unique<ElementCutter>();
    case Cut::kWhole:
      break;
  }
  return std::make_unique<WholeCutter>();
}

std::vector<Slice> cut_whole(const SavedFormat& format, std::string_view bytes) {
  std::vector<Slice> records;
  new_cutter(format)->look(bytes, true, records);
  return records;
}

}  // namespace muniment::sources
