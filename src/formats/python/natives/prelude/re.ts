/** `re`, over two functions of our own: `_re.groups` checks a pattern, `_re.find` looks for it. */
export const RE = String.raw`
import _re

A = ASCII = 256
I = IGNORECASE = 2
L = LOCALE = 4
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64


class error(Exception):
    pass


class Match:
    def __init__(self, pattern, string, spans):
        self.re = pattern
        self.string = string
        self._spans = spans

    def _number(self, group):
        number = self.re.groupindex.get(group, -1) if isinstance(group, str) else group
        if number < 0 or number >= len(self._spans):
            raise IndexError('no such group')
        return number

    def _text(self, group, default=None):
        start, end = self._spans[self._number(group)]
        return default if start < 0 else self.string[start:end]

    def group(self, *groups):
        if len(groups) < 2:
            return self._text(groups[0] if groups else 0)
        return tuple([self._text(group) for group in groups])

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        return tuple([self._text(number, default) for number in range(1, len(self._spans))])

    def groupdict(self, default=None):
        return {name: self._text(name, default) for name in self.re.groupindex}

    def span(self, group=0):
        return self._spans[self._number(group)]

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    def expand(self, template):
        return _expanded(template, self)

    def __repr__(self):
        return '<re.Match object; span=%r, match=%r>' % (self.span(), self.group())


class Pattern:
    def __init__(self, pattern, flags):
        self.pattern = pattern
        self.flags = flags
        self.groups, names = _re.groups(pattern, flags)
        self.groupindex = dict(names)

    def _find(self, how, string, pos, endpos, advance=False):
        if endpos is not None:
            string = string[:endpos]
        spans = _re.find(self.pattern, self.flags, string, pos, how, advance)
        return None if spans is None else Match(self, string, spans)

    def match(self, string, pos=0, endpos=None):
        return self._find('match', string, pos, endpos)

    def fullmatch(self, string, pos=0, endpos=None):
        return self._find('fullmatch', string, pos, endpos)

    def search(self, string, pos=0, endpos=None):
        return self._find('search', string, pos, endpos)

    def _all(self, string, pos=0, endpos=None):
        found = []
        match = self._find('search', string, pos, endpos)
        while match is not None:
            found.append(match)
            match = self._find('search', string, match.end(), endpos, match.start() == match.end())
        return found

    def finditer(self, string, pos=0, endpos=None):
        return iter(self._all(string, pos, endpos))

    def findall(self, string, pos=0, endpos=None):
        matches = self._all(string, pos, endpos)
        if self.groups < 2:
            return [match._text(self.groups, '') for match in matches]
        return [match.groups('') for match in matches]

    def split(self, string, maxsplit=0):
        parts = []
        at = 0
        for match in self._all(string):
            if maxsplit and len(parts) >= maxsplit * (self.groups + 1):
                break
            parts.append(string[at:match.start()])
            parts.extend(match.groups())
            at = match.end()
        parts.append(string[at:])
        return parts

    def subn(self, repl, string, count=0):
        parts = []
        at = 0
        matches = self._all(string)
        if count:
            matches = matches[:count]
        for match in matches:
            parts.append(string[at:match.start()])
            parts.append(repl(match) if callable(repl) else _expanded(repl, match))
            at = match.end()
        parts.append(string[at:])
        return ''.join(parts), len(matches)

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def __repr__(self):
        return 're.compile(%r)' % (self.pattern,)


_ESCAPES = {'n': '\n', 't': '\t', 'r': '\r', 'a': '\a', 'b': '\b', 'f': '\f', 'v': '\v', '\\': '\\'}


def _expanded(template, match):
    if '\\' not in template:
        return template
    parts = []
    at = 0
    while True:
        slash = template.find('\\', at)
        if slash < 0:
            parts.append(template[at:])
            return ''.join(parts)
        parts.append(template[at:slash])
        letter = template[slash + 1:slash + 2]
        at = slash + 2
        if letter == 'g' and template[at:at + 1] == '<':
            end = template.index('>', at)
            name = template[at + 1:end]
            parts.append(match._text(int(name) if name.isdigit() else name, ''))
            at = end + 1
        elif letter.isdigit() and letter != '0':
            if template[at:at + 1].isdigit():
                letter = letter + template[at:at + 1]
                at += 1
            parts.append(match._text(int(letter), ''))
        elif letter in _ESCAPES:
            parts.append(_ESCAPES[letter])
        elif letter.isalpha() or letter == '':
            raise error('bad escape \\%s at position %d' % (letter, slash))
        else:
            parts.append(template[slash:slash + 2])


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    return Pattern(pattern, flags)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    special = '()[]{}?*+-|^$\\.&~# \t\n\r\v\f'
    return ''.join(['\\' + character if character in special else character for character in pattern])
`;
