#include "base/give_way.hpp"

#include <sched.h>
#include <sys/resource.h>

namespace muniment::base {

void give_way() {
  constexpr int kNice = 10;
  const sched_param none{};
  (void)::sched_setscheduler(0, SCHED_BATCH, &none);
  (void)::setpriority(PRIO_PROCESS, 0, kNice);
}

}  // namespace muniment::base
