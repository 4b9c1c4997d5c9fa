// The agent's memory on disk: <work_dir>/meta and the sandboxes beside it.
#pragma once

#include <optional>
#include <string>

#include "slave_info.hpp"

class State {
public:
  explicit State(std::string workDirectory);

  // What the last agent here was, unless there is none or the machine has been rebooted since.
  // Throws when it cannot be read and `strict`; otherwise counts it in `errors`.
  std::optional<SlaveInfo> recover(bool strict, int& errors) const;
  // After recovery: the boot this state belongs to.
  void checkpointBoot() const;
  // After registration: the record, and `latest` on both sides.
  void checkpoint(const SlaveInfo& info) const;
  void forgetLatest() const;

  std::string meta() const { return work_ + "/meta"; }
  std::string latest() const { return meta() + "/slaves/latest"; }

private:
  std::string work_;
};
