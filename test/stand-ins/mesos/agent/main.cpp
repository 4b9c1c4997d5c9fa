// The agent's start, stage by stage in Mesos's order: flags, modules, hooks, bind, containerizer,
// recovery, registration. From 1.0 on the port is bound before modules are loaded.
#include <netdb.h>
#include <arpa/inet.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>

#include "agent.hpp"
#include "containerizer.hpp"
#include "log.hpp"
#include "modules.hpp"
#include "support.hpp"
#include "version.hpp"

namespace mesos {
extern const char* const libraryVersion;
}

namespace {

std::vector<Flag> flagTable() {
  using T = FlagType;
  std::vector<Flag> table = {
      {"advertise_ip"},
      {"advertise_port"},
      {"attributes"},
      {"authenticatee", T::Text, "crammd5"},
      {"cgroups_enable_cfs", T::Boolean, "false"},
      {"cgroups_hierarchy", T::Text, "/sys/fs/cgroup"},
      {"cgroups_limit_swap", T::Boolean, "false"},
      {"cgroups_root", T::Text, "mesos"},
      {"container_logger"},
      {"containerizers", T::Text, "mesos"},
      {"credential"},
      {"default_role", T::Text, "*"},
      {"docker", T::Text, "docker"},
      {"docker_kill_orphans", T::Boolean, "true"},
      {"docker_remove_delay", T::Duration, "6hrs"},
      {"docker_socket", T::Text, "/var/run/docker.sock"},
      {"docker_stop_timeout", T::Duration, "0ns"},
      {"docker_store_dir", T::Text, "/tmp/mesos/store/docker"},
      {"enforce_container_disk_quota", T::Boolean, "false"},
      {"executor_environment_variables", T::Object},
      {"executor_registration_timeout", T::Duration, "1mins"},
      {"executor_shutdown_grace_period", T::Duration, "5secs"},
      {"fetcher_cache_dir", T::Text, "/tmp/mesos/fetch"},
      {"gc_delay", T::Duration, "1weeks"},
      {"help", T::Boolean, "false"},
      {"hooks"},
      {"hostname"},
      {"hostname_lookup", T::Boolean, "true"},
      {"image_providers"},
      {"ip"},
      {"isolation", T::Text, "posix/cpu,posix/mem"},
      {"launcher"},
      {"launcher_dir", T::Text, "/usr/local/libexec/mesos"},
      {"log_dir"},
      {"logging_level", T::Text, "INFO"},
      {"master"},
      {"modules", T::Object},
      {"port", T::Integer, "5051"},
      {"quiet", T::Boolean, "false"},
      {"recover", T::Text, "reconnect"},
      {"recovery_timeout", T::Duration, "15mins"},
      {"registration_backoff_factor", T::Duration, "1secs"},
      {"resources"},
      {"strict", T::Boolean, "true"},
      {"switch_user", T::Boolean, "true"},
      {"systemd_enable_support", T::Boolean, "true"},
      {"version", T::Boolean, "false"},
  };
  if (version.since1) {
    table.push_back({"agent_subsystems", T::Text, nullptr, "slave_subsystems"});
    table.push_back({"modules_dir"});
    table.push_back({"nvidia_gpu_devices", T::Integers});
    table.push_back({"work_dir", T::Text, nullptr, nullptr, true});
  } else {
    table.push_back({"slave_subsystems"});
    table.push_back({"work_dir", T::Text, "/tmp/mesos"});
  }
  return table;
}

void answerAboutFlags(const Flags& flags) {
  if (version.since1 && flags.error) quit(1, flags.usage(*flags.error));
  if (flags.on("help")) {
    std::puts(flags.usage().c_str());
    std::exit(0);
  }
  if (flags.on("version")) {
    std::printf("mesos %s\n", mesos::libraryVersion);
    std::exit(0);
  }
  if (flags.error) quit(1, flags.usage(*flags.error));
  if (!flags.has("master")) quit(1, flags.usage("Missing required option --master"));
}

void loadModules(const Flags& flags) {
  if (flags.has("modules") && flags.has("modules_dir")) {
    quit(1, flags.usage("Only one of --modules or --modules_dir should be specified"));
  }
  try {
    within("Error loading modules: ", [&] {
      if (flags.has("modules")) modules::load(flags.object("modules"));
      if (flags.has("modules_dir")) modules::loadDirectory(flags.get("modules_dir"));
    });
    within("Error installing hooks: ", [&] {
      if (flags.has("hooks")) installHooks(flags.get("hooks"));
    });
  } catch (const Error& error) {
    quit(1, error.what());
  }
}

std::string ownAddress(const Flags& flags) {
  if (flags.has("ip")) return flags.get("ip");
  if (const char* ip = std::getenv("LIBPROCESS_IP")) return ip;
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  addrinfo hints = {}, *found = nullptr;
  hints.ai_family = AF_INET;
  if (getaddrinfo(host, nullptr, &hints, &found) != 0) {
    quit(1, "Failed to obtain the IP address for '" + std::string(host) +
                "'; the DNS service may not be able to resolve it: Name or service not known");
  }
  const std::string ip = inet_ntoa(reinterpret_cast<sockaddr_in*>(found->ai_addr)->sin_addr);
  freeaddrinfo(found);
  return ip;
}

std::unique_ptr<Agent> bindAgent(const Flags& flags) {
  const std::string ip = ownAddress(flags);
  auto agent = std::make_unique<Agent>(flags, ip);
  const std::string listen = flags.has("ip") || std::getenv("LIBPROCESS_IP") ? ip : "0.0.0.0";
  try {
    serve(listen, flags.integer("port"),
          [it = agent.get()](const Request& request, int) { return it->answer(request); });
  } catch (const Error& error) {
    fatal("process.cpp:892", "Failed to initialize: Failed to bind on " + listen + ":" + flags.get("port") + ": " +
                                 error.what() + ": " + std::strerror(errno) + " [" + std::to_string(errno) + "]");
  }
  return agent;
}

void startLog(const Flags& flags, const char* program) {
  if (flags.has("log_dir")) {
    try {
      logTo(flags.get("log_dir"), std::filesystem::path(program).filename());
    } catch (const Error& error) {
      quit(1, std::string("Could not initialize logging: ") + error.what());
    }
  }
  for (const std::string& warning : flags.warnings) log('W', "main.cpp:291", warning);
}

// SIGTERM keeps the state, SIGUSR1 gives it up.
void watchSignals(const sigset_t& signals, Agent& agent) {
  std::thread([&agent, signals] {
    siginfo_t info;
    while (sigwaitinfo(&signals, &info) < 0) continue;
    if (info.si_signo == SIGUSR1) {
      agent.shutDown("Received SIGUSR1 signal from user " + std::to_string(info.si_uid));
    }
    log('W', "logging.cpp:88", "Received signal SIGTERM from process " + std::to_string(info.si_pid) + " of user " +
                                   std::to_string(info.si_uid) + "; exiting");
    signal(SIGTERM, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    kill(getpid(), SIGTERM);
  }).detach();
}

}  // namespace

int main(int argc, char** argv) {
  Flags flags(std::filesystem::path(argv[0]).filename(), {version.since1}, flagTable());
  flags.load(argc, argv);
  answerAboutFlags(flags);
  if (!version.since1) loadModules(flags);

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const std::unique_ptr<Agent> agent = bindAgent(flags);
  watchSignals(signals, *agent);
  startLog(flags, argv[0]);
  if (version.since1) loadModules(flags);
  log('I', "main.cpp:223", "Build: 2016-06-12 12:00:00 by root");
  log('I', "main.cpp:225", "Version: " + version.number);

  try {
    createContainerizer(flags);
  } catch (const Error& error) {
    quit(1, std::string("Failed to create a containerizer: ") + error.what());
  }
  log('I', "main.cpp:328", "Starting Mesos " + version.noun);
  agent->start();
  agent->run();
}
