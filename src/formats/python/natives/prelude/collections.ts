/** The containers of `collections` that are kinds of `dict`, and `namedtuple`. */
export const COLLECTIONS = String.raw`
class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
            return
        others = list(self.items())
        self.clear()
        self[key] = value
        self.update(others)

    def copy(self):
        return OrderedDict(self)

    def __repr__(self):
        return 'OrderedDict(%r)' % (list(self.items()),) if self else 'OrderedDict()'


class Counter(dict):
    def __init__(self, iterable=None, **counts):
        super().__init__()
        self.update(iterable, **counts)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, **counts):
        if isinstance(iterable, dict):
            for key, count in iterable.items():
                self[key] = self[key] + count
        elif iterable is not None:
            for key in iterable:
                self[key] = self[key] + 1
        for key in counts:
            self[key] = self[key] + counts[key]

    def subtract(self, iterable=None, **counts):
        for key, count in Counter(iterable, **counts).items():
            self[key] = self[key] - count

    def most_common(self, n=None):
        ranked = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return ranked if n is None else ranked[:n]

    def elements(self):
        return iter([key for key, count in self.items() for _ in range(count)])

    def total(self):
        return sum(self.values())

    def copy(self):
        return Counter(self)

    def __add__(self, other):
        result = Counter(self)
        result.update(other)
        return Counter({key: count for key, count in result.items() if count > 0})

    def __sub__(self, other):
        result = Counter(self)
        result.subtract(other)
        return Counter({key: count for key, count in result.items() if count > 0})

    def __repr__(self):
        if not self:
            return 'Counter()'
        return 'Counter({%s})' % ', '.join(['%r: %r' % item for item in self.most_common()])


class defaultdict(dict):
    def __init__(self, default_factory=None, *args, **kwargs):
        self.default_factory = default_factory
        super().__init__(*args, **kwargs)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def copy(self):
        return defaultdict(self.default_factory, self)

    def __repr__(self):
        return 'defaultdict(%r, %r)' % (self.default_factory, dict(self))


class _Record:
    def __init__(self, typename, names, defaults):
        self._typename = typename
        self._fields = names
        self._field_defaults = defaults

    @property
    def __name__(self):
        return self._typename

    def __call__(self, *args, **kwargs):
        if len(args) > len(self._fields):
            raise TypeError('%s.__new__() takes %d positional arguments but %d were given' % (
                self._typename, len(self._fields) + 1, len(args) + 1))
        values = dict(self._field_defaults)
        values.update(zip(self._fields, args))
        values.update(kwargs)
        missing = [name for name in self._fields if name not in values]
        if missing or len(values) > len(self._fields):
            raise TypeError('%s.__new__() got other arguments than its fields' % self._typename)
        return _Row(self, [values[name] for name in self._fields])

    def _make(self, values):
        return self(*values)


class _Row:
    def __init__(self, record, values):
        self._record = record
        self._values = tuple(values)

    @property
    def _fields(self):
        return self._record._fields

    def __getattr__(self, name):
        if name in self._record._fields:
            return self._values[self._record._fields.index(name)]
        raise AttributeError("'%s' object has no attribute '%s'" % (self._record._typename, name))

    def __getitem__(self, index):
        return self._values[index]

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __contains__(self, value):
        return value in self._values

    def __eq__(self, other):
        return self._values == (other._values if isinstance(other, _Row) else other)

    def __hash__(self):
        return hash(self._values)

    def __lt__(self, other):
        return self._values < (other._values if isinstance(other, _Row) else other)

    def _asdict(self):
        return dict(zip(self._record._fields, self._values))

    def _replace(self, **changes):
        values = self._asdict()
        values.update(changes)
        return self._record(**values)

    def __repr__(self):
        shown = ['%s=%r' % pair for pair in zip(self._record._fields, self._values)]
        return '%s(%s)' % (self._record._typename, ', '.join(shown))


def namedtuple(typename, field_names, rename=False, defaults=None, module=None):
    names = field_names.replace(',', ' ').split() if isinstance(field_names, str) else list(field_names)
    given = list(defaults or [])
    return _Record(typename, tuple(names), dict(zip(names[len(names) - len(given):], given)))
`;
