// The agent once it is put together: what it offers, its recovery, its endpoints and its bond with
// the master. There is no ZooKeeper here: of zk://host:port/path only the host is used, and
// host:5050 is taken for the leading master.
#pragma once

#include <mutex>
#include <optional>

#include "flags.hpp"
#include "http.hpp"
#include "slave_info.hpp"
#include "state.hpp"

class Agent {
public:
  Agent(const Flags& flags, std::string ip);

  Response answer(const Request& request);
  // Determines resources and recovers; leaves the process when either cannot be.
  void start();
  // Registers and stays registered; returns never.
  [[noreturn]] void run();
  // A shutdown asked for by a person: the state is given up.
  [[noreturn]] void shutDown(const std::string& reason);

private:
  void determineInfo();
  void recover();
  bool stayWith(int connection);
  void heed(const Json& message, const std::string& master);
  [[noreturn]] void terminate();
  std::string address() const;
  Json describe() const;
  Json introduction() const;
  Json resources() const;
  Json attributes() const;
  Json metrics() const;

  const Flags& flags_;
  const std::string ip_;
  mutable std::mutex mutex_;
  std::optional<State> state_;
  SlaveInfo info_;
  bool recovered_ = false, detected_ = false;
  int errors_ = 0;
  int connection_ = -1;
  std::string masterHost_, masterName_;
  double started_;
};
