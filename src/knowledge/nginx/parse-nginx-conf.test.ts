import { expect, test } from 'vitest';
import { type NginxDirective, parseNginxConf } from './parse-nginx-conf.ts';

const show = ({ name, words, block }: NginxDirective): string =>
  [
    name,
    ...words.map(({ text }) => `<${text}>`),
    ...(block.length > 0 ? [`{ ${block.map(show).join('; ')} }`] : []),
  ].join(' ');
const read = (text: string) => {
  const { directives, fault } = parseNginxConf('/etc/nginx/nginx.conf', text);
  return {
    directives: directives.map(show),
    fault: fault && `${fault.place.line}:${fault.place.column} ${fault.reason}`,
  };
};

test('directives end with a semicolon or a block, and arguments may be quoted', () => {
  expect(
    read(`load_module "modules/lamp oil.so"; # by night
events { }
http {
  log_format tall '$remote_addr "\\'$request\\'"'  "; {}" a\\;b;
  server { listen 80; location ~ ^/\${name}{2}x { root /srv; } }
}`).directives,
  ).toEqual([
    'load_module <modules/lamp oil.so>',
    'events',
    `http { log_format <tall> <$remote_addr "'$request'"> <; {}> <a\\;b>; server { listen <80>; location <~> <^/\${name}> { 2}x { root </srv> } } } }`,
  ]);
});

test('a word knows its place', () => {
  const [directive] = parseNginxConf('/etc/nginx/lamp.conf', '\n  load_module  modules/lamp.so;').directives;
  expect(directive?.words[0]?.place).toEqual({ file: '/etc/nginx/lamp.conf', line: 2, column: 16 });
});

test('code of Lua is no configuration, whatever braces its texts hold', () => {
  expect(
    read(`server { content_by_lua_block { if a == "}" then -- }
 b = { [[ } ]] } end } listen 81; }`).directives,
  ).toEqual(['server { content_by_lua_block; listen <81> }']);
});

test('where nginx would stop reading is said', () => {
  expect(read('user lamp;\nhttp {\n  server { }\n').fault).toBe('4:1 unexpected end of file, expecting "}"');
  expect(read('user lamp;\n}').fault).toBe('2:1 unexpected "}"');
  expect(read('user lamp').fault).toBe('1:10 unexpected end of file, expecting ";" or "}"');
  expect(read('user "lamp;\n').fault).toBe('2:1 unexpected end of file, expecting a closing quote');
  expect(read('a {'.repeat(100)).fault).toBe('1:196 blocks are nested deeper than is read');
});
