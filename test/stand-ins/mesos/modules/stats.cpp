// DC/OS's metrics library: one isolator and one hook. Built for 0.28.1 only, and bound to nothing
// that changed, so that a newer agent opens it and then refuses it for its version.
#include "mesos/module.hpp"

using mesos::Hook;
using mesos::Parameters;
using mesos::slave::Isolator;

namespace {

class StatsIsolator : public Isolator {};

class StatsEnvHook : public Hook {
public:
  explicit StatsEnvHook(const Parameters& parameters) {
    for (const auto& parameter : parameters.parameter()) {
      if (parameter.key() == "listen_host") host_ = parameter.value();
    }
  }

private:
  std::string host_;
};

}  // namespace

mesos::modules::Module<Isolator> com_mesosphere_StatsIsolatorModule(
    MESOS_MODULE_API_VERSION, MESOS_VERSION, "Mesosphere", "support@mesosphere.io", "Stats Isolator module.", nullptr,
    [](const Parameters&) -> Isolator* { return new StatsIsolator; });

mesos::modules::Module<Hook> com_mesosphere_StatsEnvHook(
    MESOS_MODULE_API_VERSION, MESOS_VERSION, "Mesosphere", "support@mesosphere.io", "Stats Env Hook module.", nullptr,
    [](const Parameters& parameters) -> Hook* { return new StatsEnvHook(parameters); });
