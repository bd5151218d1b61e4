#include "sources/retold.hpp"

#include "sources/googleplus_retold.hpp"
#include "sources/x_retold.hpp"

namespace muniment::sources {

Retold retold(const records::Interaction& item, const records::Interaction& held) {
  if (item.platform != held.platform) return Retold::kNo;
  if (item.platform == "x") return x_retold(item, held);
  if (item.platform == "googleplus") return googleplus_retold(item, held);
  return Retold::kNo;
}

}  // namespace muniment::sources
