/** `functools`, but for `partial` and `reduce`. */
export const FUNCTOOLS = String.raw`
import functools


def wraps(wrapped, *args, **kwargs):
    return lambda wrapper: wrapper


def lru_cache(maxsize=128, typed=False):
    return maxsize if callable(maxsize) else lambda function: function


def cache(function):
    return function


def cmp_to_key(compare):
    class Key:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            return compare(self.value, other.value) < 0

    return Key


def total_ordering(cls):
    return cls
`;

/** `itertools`, at once where CPython goes one by one: nothing here goes on for ever. */
export const ITERTOOLS = String.raw`
class chain:
    def __init__(self, *iterables):
        self._rest = iter([item for iterable in iterables for item in iterable])

    def __iter__(self):
        return self._rest

    def __next__(self):
        return next(self._rest)

    @classmethod
    def from_iterable(cls, iterables):
        return cls(*iterables)


def product(*iterables, repeat=1):
    rows = [()]
    for pool in [list(iterable) for iterable in iterables] * repeat:
        rows = [row + (item,) for row in rows for item in pool]
    return iter(rows)


def permutations(iterable, r=None):
    pool = list(iterable)
    size = len(pool) if r is None else r
    indices = [row for row in product(range(len(pool)), repeat=size) if len(set(row)) == size]
    return iter([tuple([pool[index] for index in row]) for row in indices])


def combinations(iterable, r):
    pool = list(iterable)
    rows = [()]
    for _ in range(r):
        rows = [row + (index,) for row in rows for index in range(row[-1] + 1 if row else 0, len(pool))]
    return iter([tuple([pool[index] for index in row]) for row in rows])


def repeat(object, times):
    return iter([object] * times)


def islice(iterable, *bounds):
    start, stop, step = (0, bounds[0], 1) if len(bounds) == 1 else (bounds + (1,))[:3]
    return iter(list(iterable)[start or 0:stop:step or 1])


def starmap(function, iterable):
    return iter([function(*item) for item in iterable])


def takewhile(predicate, iterable):
    taken = []
    for item in iterable:
        if not predicate(item):
            break
        taken.append(item)
    return iter(taken)


def dropwhile(predicate, iterable):
    items = list(iterable)
    at = 0
    while at < len(items) and predicate(items[at]):
        at += 1
    return iter(items[at:])


def zip_longest(*iterables, fillvalue=None):
    columns = [list(iterable) for iterable in iterables]
    length = max([len(column) for column in columns], default=0)
    return iter([
        tuple([column[index] if index < len(column) else fillvalue for column in columns])
        for index in range(length)])


def accumulate(iterable, func=None, initial=None):
    sums = [] if initial is None else [initial]
    for item in iterable:
        sums.append(item if not sums else func(sums[-1], item) if func else sums[-1] + item)
    return iter(sums)


def groupby(iterable, key=None):
    groups = []
    for item in iterable:
        name = item if key is None else key(item)
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(item)
    return iter([(name, iter(items)) for name, items in groups])
`;

export const OPERATOR = String.raw`
def itemgetter(*items):
    if len(items) == 1:
        return lambda value: value[items[0]]
    return lambda value: tuple([value[item] for item in items])


def attrgetter(name):
    def get(value):
        for part in name.split('.'):
            value = getattr(value, part)
        return value
    return get


def add(a, b):
    return a + b


def mul(a, b):
    return a * b


def eq(a, b):
    return a == b


def lt(a, b):
    return a < b
`;
