#include "collect/former.hpp"

namespace muniment::collect {

void make_former(records::Interaction& interaction, const std::string& as_of) {
  interaction.edit_of = interaction.id;
  interaction.id += "#" + as_of;
  interaction.type = "version";
  interaction.local.clear();
}

bool is_earlier_form(const records::Interaction& item, const records::Interaction& held, bool same_format) {
  if (held.edited.empty()) return false;
  return item.edited.empty() ? same_format : item.edited < held.edited;
}

}  // namespace muniment::collect
