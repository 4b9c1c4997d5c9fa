import { expect, test } from 'vitest';
import { parsePamService } from './parse-pam-service.ts';

test('modules, inclusions, brackets, continuation lines and comments', () => {
  const text = `# PAM of lamps
auth	required pam_env.so # the environment
-session optional pam_systemd.so
Account [success=1 new_authtok_reqd=done \\] default=ignore] /opt/pam_wick.so nullok
auth required \\
   pam_oil.so
@include common-auth
password include common-password
session substack other
auth required
lamp required pam_env.so
`;
  const module = { kind: 'module', mayLack: false };
  expect(parsePamService(text)).toEqual([
    { ...module, type: 'auth', control: 'required', module: 'pam_env.so', line: 2, column: 15 },
    {
      ...module,
      mayLack: true,
      type: 'session',
      control: 'optional',
      module: 'pam_systemd.so',
      line: 3,
      column: 19,
    },
    {
      ...module,
      type: 'account',
      control: '[success=1 new_authtok_reqd=done \\] default=ignore]',
      module: '/opt/pam_wick.so',
      line: 4,
      column: 61,
    },
    { ...module, type: 'auth', control: 'required', module: 'pam_oil.so', line: 5, column: 19 },
    { kind: 'include', service: 'common-auth', type: undefined, line: 7, column: 10 },
    { kind: 'include', service: 'common-password', type: 'password', line: 8, column: 18 },
    { kind: 'include', service: 'other', type: 'session', line: 9, column: 18 },
  ]);
});
