// Hosts that are somebody's own, and names on them: "olwenharrow.example".
#pragma once

#include "foi/plan.hpp"

namespace muniment::foi {

// Of accounts that are withheld, where another field shows the host of their address, unless that is a
// platform's, the authority's, of an item that is shown, or of another account that is mentioned; of one
// whose name is a host
// ("olwenharrow.example" on Bluesky) also a part of it ("@olwenharrow").
void doubt_own_hosts(Plan& plan);

}  // namespace muniment::foi
