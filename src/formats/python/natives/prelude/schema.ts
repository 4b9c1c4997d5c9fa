/**
 * The library `schema` (keleshev/schema), after the behaviour of 0.7: `Schema`, `And`, `Or`, `Regex`, `Use`,
 * `Optional` and the errors. What a message would show of a function (its address) is asked for only when that
 * message is read: an `error=` text hides it.
 */
export const SCHEMA = String.raw`
import re


class SchemaError(Exception):
    def __init__(self, autos, errors=None):
        self._autos = autos if isinstance(autos, list) else [autos]
        self.errors = errors if isinstance(errors, list) else [errors]

    @property
    def autos(self):
        return [auto() if callable(auto) else auto for auto in self._autos]

    @property
    def code(self):
        told = _distinct(self.errors)
        return '\n'.join(told if told else _distinct(self.autos))

    def __str__(self):
        return self.code


class SchemaWrongKeyError(SchemaError):
    pass


class SchemaMissingKeyError(SchemaError):
    pass


class SchemaOnlyOneAllowedError(SchemaError):
    pass


class SchemaUnexpectedTypeError(SchemaError):
    pass


def _distinct(messages):
    found = []
    for message in messages:
        if message is not None and message not in found:
            found.append(message)
    return found


def _filled(error, data):
    return error.format(data) if error else None


class And:
    def __init__(self, *args, error=None, ignore_extra_keys=False, schema=None):
        self._args = args
        self._error = error
        self._ignore_extra_keys = ignore_extra_keys
        self._schema_class = Schema if schema is None else schema

    @property
    def args(self):
        return self._args

    def __repr__(self):
        return '%s(%s)' % (self.__class__.__name__, ', '.join([repr(arg) for arg in self._args]))

    def _parts(self):
        kind = self._schema_class
        return [kind(arg, error=self._error, ignore_extra_keys=self._ignore_extra_keys) for arg in self._args]

    def validate(self, data, **kwargs):
        for part in self._parts():
            data = part.validate(data, **kwargs)
        return data


class Or(And):
    def __init__(self, *args, only_one=False, **kwargs):
        self.only_one = only_one
        self.match_count = 0
        super().__init__(*args, **kwargs)

    def reset(self):
        failed = self.only_one and self.match_count > 1
        self.match_count = 0
        if failed:
            raise SchemaOnlyOneAllowedError([lambda: 'There are multiple keys present from the %r condition' % (self,)])

    def validate(self, data, **kwargs):
        autos = [lambda: '%r did not validate %r' % (self, data)]
        errors = [_filled(self._error, data)]
        for part in self._parts():
            try:
                result = part.validate(data, **kwargs)
            except SchemaError as refused:
                autos = autos + refused._autos
                errors = errors + refused.errors
            else:
                self.match_count += 1
                if not (self.only_one and self.match_count > 1):
                    return result
                break
        raise SchemaError(autos, errors)


class Regex:
    NAMES = ['re.ASCII', 're.DEBUG', 're.VERBOSE', 're.UNICODE', 're.DOTALL', 're.MULTILINE', 're.LOCALE',
             're.IGNORECASE', 're.TEMPLATE']

    def __init__(self, pattern_str, flags=0, error=None):
        self._pattern_str = pattern_str
        self._flags = flags
        self._pattern = re.compile(pattern_str, flags=flags)
        self._error = error

    @property
    def pattern_str(self):
        return self._pattern_str

    def __repr__(self):
        bits = bin(self._flags)[2:].rjust(9, '0')
        names = [self.NAMES[index] for index, bit in enumerate(bits) if bit != '0']
        return '%s(%r%s)' % (
            self.__class__.__name__, self._pattern_str, ', flags=' + '|'.join(names) if names else '')

    def validate(self, data, **kwargs):
        if not isinstance(data, str):
            raise SchemaError(_filled(self._error, data) or '%r is not string nor buffer' % (data,))
        if not self._pattern.search(data):
            raise SchemaError(_filled(self._error, data) or '%r does not match %r' % (data, self._pattern_str))
        return data


class Use:
    def __init__(self, callable_, error=None):
        if not callable(callable_):
            raise TypeError('Expected a callable, not %r' % (callable_,))
        self._callable = callable_
        self._error = error

    def __repr__(self):
        return '%s(%r)' % (self.__class__.__name__, self._callable)

    def __call__(self, data):
        return self._callable(data)

    def validate(self, data, **kwargs):
        error = _filled(self._error, data)
        try:
            return self._callable(data)
        except SchemaError as refused:
            raise SchemaError([None] + refused._autos, [error] + refused.errors)
        except BaseException as raised:
            failure = raised
        raise SchemaError(lambda: '%s(%r) raised %r' % (_name(self._callable), data, failure), error)


COMPARABLE, CALLABLE, VALIDATOR, TYPE, DICT, ITERABLE = range(6)


def _flavor(schema):
    if type(schema) in (list, tuple, set, frozenset):
        return ITERABLE
    if isinstance(schema, dict):
        return DICT
    if isinstance(schema, type):
        return TYPE
    if hasattr(schema, 'validate'):
        return VALIDATOR
    return CALLABLE if callable(schema) else COMPARABLE


def _name(function):
    return function.__name__ if hasattr(function, '__name__') else str(function)


class Schema:
    def __init__(self, schema, error=None, ignore_extra_keys=False, name=None, description=None, as_reference=False):
        self._schema = schema
        self._error = error
        self._ignore_extra_keys = ignore_extra_keys
        self._name = name
        self._description = description
        self.as_reference = as_reference
        if as_reference and name is None:
            raise ValueError('Schema used as reference should have a name')

    @property
    def schema(self):
        return self._schema

    @property
    def description(self):
        return self._description

    @property
    def name(self):
        return self._name

    @property
    def ignore_extra_keys(self):
        return self._ignore_extra_keys

    def __repr__(self):
        return '%s(%r)' % (self.__class__.__name__, self._schema)

    def is_valid(self, data, **kwargs):
        try:
            self.validate(data, **kwargs)
        except SchemaError:
            return False
        return True

    def _told(self, message):
        return '%r %s' % (self._name, message) if self._name else message

    def validate(self, data, **kwargs):
        flavor = _flavor(self._schema)
        if flavor == ITERABLE:
            return self._validate_items(data, kwargs)
        if flavor == DICT:
            return self._validate_dict(data, kwargs)
        if flavor == TYPE:
            return self._validate_type(data)
        if flavor == VALIDATOR:
            return self._validate_by_validator(data, kwargs)
        if flavor == CALLABLE:
            return self._validate_by_call(data)
        if self._schema == data:
            return data
        raise SchemaError(
            lambda: self._told('%r does not match %r' % (self._schema, data)), _filled(self._error, data))

    def _validate_items(self, data, kwargs):
        kind = self.__class__
        data = kind(type(self._schema), error=self._error).validate(data, **kwargs)
        any_of = Or(*self._schema, error=self._error, schema=kind, ignore_extra_keys=self._ignore_extra_keys)
        return type(data)([any_of.validate(item, **kwargs) for item in data])

    def _validate_type(self, data):
        wanted = self._schema
        if isinstance(data, wanted) and not (isinstance(data, bool) and wanted == int):
            return data
        message = self._told('%r should be instance of %r' % (data, wanted.__name__))
        raise SchemaUnexpectedTypeError(message, _filled(self._error, data))

    def _validate_by_validator(self, data, kwargs):
        error = _filled(self._error, data)
        try:
            return self._schema.validate(data, **kwargs)
        except SchemaError as refused:
            raise SchemaError([None] + refused._autos, [error] + refused.errors)
        except BaseException as raised:
            failure = raised
        raise SchemaError(
            lambda: self._told('%r.validate(%r) raised %r' % (self._schema, data, failure)), error)

    def _validate_by_call(self, data):
        error = _filled(self._error, data)
        name = _name(self._schema)
        try:
            if self._schema(data):
                return data
        except SchemaError as refused:
            raise SchemaError([None] + refused._autos, [error] + refused.errors)
        except BaseException as raised:
            failure = raised
            raise SchemaError(lambda: self._told('%s(%r) raised %r' % (name, data, failure)), error)
        raise SchemaError(lambda: self._told('%s(%r) should evaluate to True' % (name, data)), error)

    def _validate_dict(self, data, kwargs):
        kind = self.__class__
        data = kind(dict, error=self._error).validate(data, **kwargs)
        result = type(data)()
        covered = set()
        refusals = {}
        keys = sorted(self._schema, key=_key_rank)
        for key, value in sorted(data.items(), key=lambda item: isinstance(item[1], dict)):
            for schema_key in keys:
                try:
                    valid_key = kind(schema_key, error=self._error).validate(key, **kwargs)
                except SchemaError as refused:
                    if getattr(schema_key, '_error', None) is not None:
                        refusals[key] = refused
                    continue
                result[valid_key] = self._validate_value(schema_key, valid_key, value, data, kwargs)
                covered.add(schema_key)
                break
        for schema_key in keys:
            if hasattr(schema_key, 'reset'):
                schema_key.reset()
        self._check_keys(data, result, covered, refusals)
        for schema_key in keys:
            if isinstance(schema_key, Optional) and hasattr(schema_key, 'default') and schema_key not in covered:
                default = schema_key.default
                result[schema_key.key] = default() if callable(default) else default
        return result

    def _validate_value(self, schema_key, valid_key, value, data, kwargs):
        inner = self.__class__(
            self._schema[schema_key], error=self._error, ignore_extra_keys=self._ignore_extra_keys)
        try:
            return inner.validate(value, **kwargs)
        except SchemaError as refused:
            message = self._told("Key '%s' error:" % (valid_key,))
            raise SchemaError([message] + refused._autos, [_filled(self._error, data)] + refused.errors)

    def _check_keys(self, data, result, covered, refusals):
        error = _filled(self._error, data)
        missing = [key for key in self._schema if not isinstance(key, Optional) and key not in covered]
        if missing:
            raise SchemaMissingKeyError(
                lambda: self._told('Missing key%s: %s' % (_plural(missing), _listed(missing))), error)
        if self._ignore_extra_keys or len(result) == len(data):
            return
        wrong = sorted([key for key in data if key not in result], key=repr)
        told = [refusals[key].code for key in wrong if key in refusals]
        raise SchemaWrongKeyError(
            self._told('Wrong key%s %s in %r' % (_plural(wrong), _listed(wrong), data)),
            [error] + told if told else error)


def _key_rank(key):
    return _flavor(key._schema) + 0.5 if isinstance(key, Optional) else _flavor(key)


def _plural(items):
    return 's' if len(items) > 1 else ''


def _listed(items):
    return ', '.join(sorted([repr(item) for item in items]))


class Optional(Schema):
    def __init__(self, *args, **kwargs):
        has_default = 'default' in kwargs
        default = kwargs.pop('default', None)
        super().__init__(*args, **kwargs)
        if has_default:
            if _flavor(self._schema) != COMPARABLE:
                raise TypeError(
                    'Optional keys with defaults must have simple, predictable values, like literal strings or '
                    'ints. "%r" is too complex.' % (self._schema,))
            self.default = default
            self.key = str(self._schema)

    def __hash__(self):
        return hash(self._schema)

    def __eq__(self, other):
        return (
            self.__class__ is other.__class__
            and getattr(self, 'default', None) == getattr(other, 'default', None)
            and self._schema == other._schema)

    def reset(self):
        if hasattr(self._schema, 'reset'):
            self._schema.reset()
`;
