// The modules of the name service switch and of PAM that a running service has mapped are those that the graph has read from
// the configuration.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWholeGraph } from '../../../src/graph/build-graph.ts';
import { Subject } from '../../../src/graph/subject.ts';
import { RootedHost } from '../../../src/host/rooted-host.ts';
import { describeOnMachine } from '../../hosts/machine-test.ts';
import { bootMachine, type Machine } from '../../hosts/machine.ts';

const BUILD = `
set -e
mkdir -p /opt; cd /opt
cat > users.c <<'END'
#include <pwd.h>
#include <unistd.h>
int main(void) { getpwnam("nobody-of-this-name"); getpwuid(4242); for (;;) pause(); }
END
cat > hosts.c <<'END'
#include <netdb.h>
#include <unistd.h>
int main(void) { struct addrinfo *found; getaddrinfo("lamp.invalid", "http", 0, &found); for (;;) pause(); }
END
cat > none.c <<'END'
#include <unistd.h>
int main(void) { for (;;) pause(); }
END
cat > pam.c <<'END'
#include <unistd.h>
struct conv { int (*conv)(int, const void **, void **, void *); void *data; };
int pam_start(const char *, const char *, const struct conv *, void **);
int pam_acct_mgmt(void *, int);
static int answer(int n, const void **m, void **r, void *d) { return 19; }
static const struct conv conv = { answer, 0 };
int main(void) { void *handle; pam_start("lamp-of-pam", "root", &conv, &handle); pam_acct_mgmt(handle, 0); for (;;) pause(); }
END
for name in users hosts none; do gcc -o $name $name.c; done
gcc -o pam pam.c -l:libpam.so.0
cat > /etc/nsswitch.conf <<'END'
passwd: files compat systemd lacking
group:  compat
hosts:  files hesiod [NOTFOUND=continue] dns
services: db files
END
printf 'account required pam_permit.so\\naccount optional pam_localuser.so\\n@include common-lamp\\n' > /etc/pam.d/lamp-of-pam
printf -- '-session optional pam_lacking.so\\nsession optional pam_umask.so\\nauth include lamp-auth\\n' > /etc/pam.d/common-lamp
printf 'auth required pam_env.so\\nsession required pam_warn.so\\n' > /etc/pam.d/lamp-auth
printf 'auth required pam_deny.so\\npassword required pam_deny.so\\n' > /etc/pam.d/other
for name in users hosts none pam; do printf "[Service]\\nExecStart=/opt/$name\\n" > /etc/systemd/system/named-$name.service; done
systemctl daemon-reload; systemctl start named-users named-hosts named-none named-pam; sleep 2
`;

/** Named by the configuration, and in none of Debian's packages that are there. */
const LACKING: Readonly<Record<string, readonly string[]>> = {
  users: ['libnss_lacking.so.2'],
  hosts: ['libnss_db.so.2'],
  none: [],
  pam: ['/lib/x86_64-linux-gnu/security/pam_lacking.so'],
};

describeOnMachine('libraries that the configuration of the machine names', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine({ name: 'named' });
    await machine.mustRunShell(BUILD);
  });
  afterAll(async () => {
    await machine.throwAway();
  });

  test.each([
    ['users', 'compat systemd'],
    ['hosts', 'hesiod'],
    ['none', ''],
    ['pam', 'deny env localuser permit umask'],
  ])('%s', async (name, modules) => {
    const service = `named-${name}`;
    const said = await machine.mustRunShell(
      `grep -o "/[^ ]*\\(libnss_\\|/security/\\)[^ ]*" /proc/$(systemctl show -P MainPID ${service})/maps | sort -u`,
    );
    const mapped = said.split('\n').filter((path) => path !== '');
    expect(mapped.map((path) => path.replace(/^.*(?:libnss_|pam_)|\.so.*$/g, '')).join(' ')).toBe(modules);
    const graph = buildWholeGraph(new Subject(new RootedHost(machine.view), service, { knowledge: [] }));
    // libpam may look up users, and does not here.
    const isAsked = (path: string) => name !== 'pam' || path.includes('/security/');
    const plugins = [...graph.nodes.values()].filter(
      ({ kind, name: path }) => kind === 'module-library' && isAsked(path),
    );
    const loaded = plugins.filter(({ exists }) => exists === true).map(({ path = '' }) => path);
    const host = new RootedHost(machine.view);
    expect(loaded.map((path) => host.realPath(path) ?? path).sort()).toEqual(mapped);
    const lacking = plugins.filter(({ exists }) => exists === false).map(({ name: file }) => file);
    expect(lacking).toEqual(LACKING[name]);
  });
});
