// Everything in which the two agents differ, in one table.
#pragma once

#include <set>
#include <string>

struct Version {
  std::string number;
  bool since1;                    // bind before modules, work_dir required, load errors before --help
  std::string program;            // mesos-slave, mesos-agent
  std::string noun, title;        // "slave"/"Slave", "agent"/"Agent" in messages
  std::string isolatorFailure;    // the words before the isolator's name
  std::set<std::string> isolators, kinds;
  std::string registeredAt, reregisteredAt;  // place of the two lines that tell of a registration
};

extern const Version& version;
