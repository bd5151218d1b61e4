// Long work beside which people wait for short answers.
#pragma once

namespace muniment::base {

// From now on this process, and every thread it starts, lets others go first when both want a processor.
// Alone it is as fast as before.  Where the system does not allow it, nothing changes.
void give_way();

}  // namespace muniment::base
