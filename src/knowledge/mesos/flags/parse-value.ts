import type { FlagType } from '../tables/agent-flags.ts';

/**
 * What the agent says of a value that is none of the flag's type; undefined when it takes it.
 * Source: stout/flags/parse.hpp, stout/duration.hpp, stout/bytes.hpp and stout/numify.hpp of Mesos 0.28.1 to 1.11.0.
 */
export function refusalOfValue(value: string, type: FlagType | undefined): string | undefined {
  switch (type) {
    case 'boolean':
      return /^(|true|1|false|0)$/.test(value) ? undefined : 'Expecting a boolean (e.g., true or false)';
    case 'duration':
      return refusalOfDuration(value);
    case 'bytes':
      return /^\d+(B|KB|MB|GB|TB)$/i.test(value)
        ? undefined
        : `Failed to parse '${value}' as a size such as 10MB`;
    case 'number':
      return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$|^0x[0-9a-f]+$/i.test(value)
        ? undefined
        : `Failed to convert '${value}' to number`;
    case 'port':
      return /^[-+]?\d+$/.test(value) && Number(value) <= LAST_PORT
        ? undefined
        : `Failed to convert '${value}' to number`;
    case 'json':
    case 'path':
    case undefined:
      return undefined;
  }
}

/** A uint16_t in src/slave/main.cpp. */
const LAST_PORT = 65_535;

function refusalOfDuration(value: string): string | undefined {
  const unit = /^[-+]?[\d.]*(.*)$/s.exec(value)?.[1] ?? '';
  if (/^[-+]?(\d+(\.\d*)?|\.\d+)(ns|us|ms|secs|mins|hrs|days|weeks)$/.test(value)) return undefined;
  return unit === '' ? `Invalid duration '${value}'` : `Unknown duration unit '${unit}'`;
}
