// What a module implements and what it is given. The bodies live in libmesos, so that a module
// binds to the agent's own libmesos for them, as a real one does.
#pragma once

#include <string>
#include <vector>

namespace mesos {

class Parameter {
public:
  Parameter(std::string key, std::string value);
  const std::string& key() const;
  const std::string& value() const;

private:
  std::string key_, value_;
};

class Parameters {
public:
  Parameters();
  ~Parameters();
  void add(const std::string& key, const std::string& value);
  const std::vector<Parameter>& parameter() const;

private:
  std::vector<Parameter> items_;
};

class Hook {
public:
  virtual ~Hook();
};

namespace slave {

class ContainerLogger {
public:
  virtual ~ContainerLogger();
  virtual int prepare(const std::string& sandbox) = 0;
};

class Isolator {
public:
  virtual ~Isolator();
};

}  // namespace slave
}  // namespace mesos
