#include <unistd.h>

#include <clocale>
#include <csignal>
#include <iostream>

#include "cli/command.hpp"

int main(int argc, char** argv) {
  std::setlocale(LC_ALL, "C.UTF-8");
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an output error, told and counted like any other
  std::signal(SIGXFSZ, SIG_IGN);  // a file at its limit is a full disk, told as one
  std::ios::sync_with_stdio(false);
  muniment::cli::Terminal terminal{std::cout, std::cerr, ::isatty(STDOUT_FILENO) == 1,
                                   ::isatty(STDERR_FILENO) == 1};
  return muniment::cli::run(argc, argv, terminal);
}
