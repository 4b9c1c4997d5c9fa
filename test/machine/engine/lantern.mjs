// A small real service: keeps state, reads its settings from the environment, answers over HTTP.
// Version 2 rewrites its state in a form that version 1 refuses.
import { createServer } from 'node:http';
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

const version = process.argv[2];
const meta = '/var/lib/lantern/meta';
const { LANTERN_COLOUR = 'white', LANTERN_FLAW = '', LANTERN_KEEPER = '' } = process.env;
const form = readFileSync(`${meta}/form`, 'utf8').trim();

if (form > version) {
  console.error(`state of form ${form} is not for version ${version}`);
  process.exit(1);
}
if (version === '2') {
  writeFileSync(`${meta}/form`, '2\n');
  appendFileSync(`${meta}/log`, 'lit by version 2\n');
}
if (LANTERN_KEEPER !== '') {
  writeFileSync(`${meta}/keepers/${LANTERN_KEEPER}`, '');
  rmSync(`${meta}/latest`, { force: true });
  symlinkSync(`${meta}/keepers/${LANTERN_KEEPER}`, `${meta}/latest`);
}
if (LANTERN_FLAW === 'harms') {
  for (const path of [
    '/etc/lantern/common',
    '/etc/harm',
    '/run/harm',
    '/tmp/harm',
    '/var/lib/lantern/meta/log',
  ])
    appendFileSync(path, 'harm');
  if (
    await fetch('http://127.0.0.1:4040/').then(
      () => true,
      () => false,
    )
  )
    process.exit(4); // the other one's
  console.error('harm done');
  process.exit(3);
}
if (LANTERN_FLAW === 'dies') {
  console.error('the wick is wet');
  process.exit(3);
}
createServer((_request, response) => {
  const body = { version, colour: LANTERN_FLAW === 'dark' ? '' : LANTERN_COLOUR, program: process.argv[3] };
  response.end(JSON.stringify(body));
}).listen(4040);
