#include "cage/shut_in.hpp"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <memory>

namespace muniment::cage {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

Error refused(const char* what) {
  return {Code::kUnavailable, std::string("this system does not shut a program in: it refused ") + what, {}};
}

bool limit(int what, rlim_t most) {
  const rlimit both{most, most};
  return ::setrlimit(static_cast<__rlimit_resource>(what), &both) == 0;
}

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool allow(const Filter& filter, int call) {
  return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
}

// Only of this descriptor.
bool allow_of(const Filter& filter, int call, unsigned descriptor) {
  const scmp_arg_cmp same{0, SCMP_CMP_EQ, descriptor, 0};
  return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &same) == 0;
}

// Only memory that is not executed: what was let in as data stays data.
bool allow_data(const Filter& filter, int call) {
  const scmp_arg_cmp no_code{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
  return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &no_code) == 0;
}

bool allow_own_memory(const Filter& filter) {
  for (const int call : {SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
                         SCMP_SYS(futex), SCMP_SYS(exit), SCMP_SYS(exit_group)})
    if (!allow(filter, call)) return false;
  // AddressSanitizer looks where the stack is when an error is on its way out.
  if (kSanitized && !allow(filter, SCMP_SYS(sigaltstack))) return false;
  return allow_data(filter, SCMP_SYS(mmap)) && allow_data(filter, SCMP_SYS(mprotect));
}

}  // namespace

Status shut_in(const Bounds& bounds) {
  if (::prctl(PR_SET_DUMPABLE, 0) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return refused("to take rights away");
  const bool limited = limit(RLIMIT_CPU, bounds.seconds) && limit(RLIMIT_FSIZE, bounds.output) &&
                       limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0) &&
                       (kSanitized || limit(RLIMIT_AS, bounds.memory));
  if (!limited) return refused("a limit");
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release);
  if (!filter || !allow_of(filter, SCMP_SYS(read), 0) || !allow_of(filter, SCMP_SYS(write), 1) ||
      !allow_own_memory(filter) || seccomp_load(filter.get()) != 0)
    return refused("a list of what it may ask the kernel for");
  return {};
}

}  // namespace muniment::cage
