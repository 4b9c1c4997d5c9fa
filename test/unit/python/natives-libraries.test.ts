import { constantFrom, record, sample, string } from 'fast-check';
import { expect, test } from 'vitest';
import { differences, literal, ourText, pythonWith } from './natives-against-cpython.ts';

const version = pythonWith([]);
const SOURCE =
  'import base64, collections, copy, functools, hashlib, itertools, math, operator, os.path, string, textwrap, typing\n' +
  'from urllib.parse import quote, unquote, urlencode, urlparse, urlsplit\nfrom collections import Counter, OrderedDict';

const path = string({ unit: constantFrom('a', 'b', '.', '..', '/', '/', 'é'), maxLength: 7 });
const url = string({
  unit: constantFrom(
    'http',
    'file',
    ':',
    '//',
    '/',
    'a.b',
    '@',
    '80',
    '?',
    '#',
    ';',
    '[::1]',
    'A',
    ' ',
    '%41',
    '=',
  ),
  maxLength: 7,
});
const text = string({
  unit: constantFrom('a', ' ', ' ', '\t', '\n', '\n', 'é', '\r', '\x1c'),
  maxLength: 14,
});

test.skipIf(version === undefined)(`paths, URLs and wrapped texts are as in Python ${version}`, () => {
  const seed = Date.now() % 2 ** 31;
  const expressions = sample(record({ p: path, q: path, u: url, t: text }), { numRuns: 60, seed }).flatMap(
    (input) => {
      const [p, q, u, t] = [literal(input.p), literal(input.q), literal(input.u), literal(input.t)];
      return [
        `[os.path.normpath(${p}), os.path.basename(${p}), os.path.dirname(${p}), os.path.split(${p}), os.path.isabs(${p})]`,
        `[os.path.splitext(${p}), os.path.join(${p}, ${q}), os.path.join(${q}, 'x', ${p}), os.path.commonprefix([${p}, ${q}])]`,
        `urlparse(${u})`,
        `[tuple(urlsplit(${u})), urlparse(${u}).geturl()]`,
        `[(lambda x: (x.hostname, x.port, x.username, x.password, x.scheme))(urlparse(${u}))]`,
        `[quote(${t}), unquote(${u}), urlencode({'k': ${t}})]`,
        `[textwrap.indent(${t}, '--'), textwrap.dedent(${t}), textwrap.indent(${t}, '>', lambda line: True)]`,
        `[hashlib.sha1(${t}.encode()).hexdigest(), hashlib.new('md5', b'x').hexdigest(), base64.b64encode(${t}.encode())]`,
        `[Counter(${t}), Counter(${t}).most_common(1), dict(filter(lambda x: x[1] > 1, Counter(${t}).items()))]`,
      ];
    },
  );
  expect({ seed, differences: differences(SOURCE, expressions).slice(0, 3) }).toEqual({
    seed,
    differences: [],
  });
});

test.skipIf(version === undefined)('containers, functions and constants of the standard library', () => {
  const expressions = [
    'Counter("abca")["z"]',
    '[Counter(a=1) + Counter("ab"), Counter("aab") - Counter("ab"), Counter({"x": 2}), list(Counter("aab").elements())]',
    '(lambda d: [d.move_to_end("a"), d, list(d), d == {"b": 2, "a": 1}])(OrderedDict([("a", 1), ("b", 2)]))',
    '(lambda d: [d["x"].append(1), d, d["y"], len(d)])(collections.defaultdict(list))',
    'collections.defaultdict()["x"]',
    '(lambda P: [P(1, y=2), P(1, 2).x, P(1, 2)[1], tuple(P(1, 2)), P(1, 2) == (1, 2), P(1, 2)._asdict(), P._fields])(collections.namedtuple("P", "x y"))',
    'collections.namedtuple("P", "x y")(1)',
    'list(itertools.chain([1], "ab", itertools.chain.from_iterable([[2], [3]])))',
    '[list(itertools.product([1, 2], "ab")), list(itertools.combinations("abc", 2)), list(itertools.permutations([1, 2]))]',
    '[list(itertools.islice(range(9), 2, 6, 2)), list(itertools.zip_longest("ab", [1], fillvalue=0))]',
    '[(k, list(g)) for k, g in itertools.groupby("aabbb")]',
    '[list(itertools.accumulate([1, 2, 3])), list(itertools.takewhile(lambda x: x < 3, range(9)))]',
    '[functools.reduce(lambda a, b: a * b, [1, 2, 3]), functools.partial(int, base=2)("101"), functools.reduce(max, [], 5)]',
    'sorted(["b", "A"], key=functools.cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower())))',
    '(lambda a: [copy.copy(a)[0] is a[0], copy.deepcopy(a)[0] is a[0], copy.deepcopy(a)])([[1, {"k": (2,)}]])',
    '[math.floor(-1.5), math.ceil(1.2), math.sqrt(9), math.trunc(-1.5), math.isnan(math.nan), math.pi]',
    'math.floor(float("inf"))',
    'math.sqrt(-1)',
    '[string.whitespace, string.ascii_letters, string.digits, string.punctuation, string.printable, string.capwords("a bc")]',
    '[operator.itemgetter(1)("abc"), operator.itemgetter(0, 2)("abc"), operator.attrgetter("real")(5) if False else 0]',
  ];
  expect(differences(SOURCE, expressions)).toEqual([]);
});

test('what a library of ours makes is derived, at the place that called it', () => {
  const source = "import collections\nN = ['lamp', 'beacon', 'lamp']";
  const counted = ourText(source, 'repr(collections.Counter(N))');
  expect(counted.toString()).toBe("Counter({'lamp': 2, 'beacon': 1})");
  const files = counted.slices.flatMap(({ origin, via }) => [
    'place' in origin ? origin.place?.file : undefined,
    via?.hop.place.file,
  ]);
  expect(new Set(files.filter((file) => file !== undefined))).toEqual(new Set(['f.py']));
  const joined = ourText(source, "','.join(collections.Counter(N).keys())");
  expect(joined.slices.map(({ text, origin }) => [text, origin.kind])).toEqual([
    ['lamp', 'literal'],
    [',', 'literal'],
    ['beacon', 'literal'],
  ]);
});
