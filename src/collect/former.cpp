#include "collect/former.hpp"

#include "base/time.hpp"

namespace muniment::collect {

void make_former(records::Interaction& interaction, const std::string& as_of) {
  interaction.edit_of = interaction.id;
  interaction.id += "#" + as_of;
  interaction.type = "version";
  interaction.local.clear();
}

std::int64_t time_of_edit(const records::Interaction& interaction) {
  const auto time = base::parse_rfc3339(interaction.edited);
  return time ? time->time_since_epoch().count() : 0;
}

bool is_earlier_form(std::int64_t edited, std::int64_t held_edited, bool same_format) {
  if (held_edited == 0) return false;
  return edited == 0 ? same_format : edited < held_edited;
}

}  // namespace muniment::collect
