// Items of one file whose names were made from what they say (records::made_name): two people who said the
// same at the same time are two.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "sources/source.hpp"

namespace muniment::collect {

class Alike {
 public:
  // Given the items of a file part by part, from 1: the second of a name becomes NAME-2, the third NAME-3;
  // the same each time the file is read.
  void number(std::uint64_t part, std::vector<sources::Item>& items);

 private:
  std::unordered_map<std::string, std::uint64_t> seen_;
};

}  // namespace muniment::collect
