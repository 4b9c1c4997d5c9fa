import type { LiveHost } from '../src/host/host.ts';
import { RootedHost } from '../src/host/rooted-host.ts';

/** The machine itself, as a host; `act` is told of each file just before it is opened. */
export function beforeOpening(act: (path: string) => void): LiveHost {
  class Opening extends RootedHost {
    override remembering = () => this;
    override open = (path: string) => {
      act(path);
      return super.open(path);
    };
  }
  return new Opening('/', 'live');
}
