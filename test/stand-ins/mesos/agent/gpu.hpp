// What 1.0.0 does about Nvidia GPUs, and what it insists on before it does it.
#pragma once

#include <optional>

#include "flags.hpp"

namespace gpu {

// Made for every containerizer as soon as the driver's library is there, asked for or not: the
// flags are checked, and a volume with the driver's programs is laid out.
void createComponents(const Flags& flags);
void createIsolator(const Flags& flags);
// How many to offer; none when the flags settle it themselves.
std::optional<double> resources(const Flags& flags);

}  // namespace gpu
