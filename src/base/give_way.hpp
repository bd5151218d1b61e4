// Long work beside which people wait for short answers.
#pragma once

#include <chrono>

namespace muniment::base {

// How far work stands back, by how it fares.  Behind everybody else, the system takes the processor from it
// at once rather than at its next tick.  But on a machine whose processors are never free, behind everybody
// else is never.
class StandingBack {
 public:
  enum class Rank { kLower, kLast };
  // Seconds since the work began, and seconds of processor time that it has had by then; neither ever falls.
  Rank at(double passed, double had);

 private:
  Rank rank_ = Rank::kLower;
  double since_ = 0;
  double had_ = 0;
  double patience_ = 2;
};

// From its making on this process, and every thread it starts, lets others go first when both want a
// processor. Alone it is as fast as before.  Where the system does not allow it, nothing changes.
class GiveWay {
 public:
  GiveWay();
  // To be called every now and then while the work goes on: takes the rank that its progress allows, where
  // the system would let it come back from there.
  void look();

 private:
  bool may_go_last_ = false;
  StandingBack standing_back_;
  StandingBack::Rank rank_ = StandingBack::Rank::kLower;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace muniment::base
