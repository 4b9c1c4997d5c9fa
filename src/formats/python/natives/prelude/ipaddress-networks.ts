/** The networks of `ipaddress`: what follows the addresses in that module. */
export const IPADDRESS_NETWORKS = String.raw`

class _Network(_Ordered):
    def __init__(self, address, strict=True):
        base, mask = self._split(address)
        self.network_address = self._address(base)
        self.prefixlen = self._length(mask)
        self.netmask = self._address(self._all - self._size + 1)
        self.hostmask = self._address(self._size - 1)
        host = int(self.network_address) % self._size
        if host:
            if strict:
                raise ValueError('%s has host bits set' % self)
            self.network_address = self._address(int(self.network_address) - host)

    def _split(self, address):
        if isinstance(address, tuple):
            return address if len(address) > 1 else (address[0], self.max_prefixlen)
        if isinstance(address, (bytes, int)):
            return address, self.max_prefixlen
        parts = str(address).split('/')
        if len(parts) > 2:
            raise AddressValueError("Only one '/' permitted in %r" % (address,))
        return (parts[0], parts[1]) if len(parts) == 2 else (parts[0], self.max_prefixlen)

    @property
    def _all(self):
        return 2 ** self.max_prefixlen - 1

    @property
    def _size(self):
        return 2 ** (self.max_prefixlen - self.prefixlen)

    def _length(self, mask):
        text = str(mask)
        if text.isascii() and text.isdigit() and int(text) <= self.max_prefixlen:
            return int(text)
        length = None if isinstance(mask, int) else self._length_of_mask(text)
        if length is None:
            raise NetmaskValueError('%r is not a valid netmask' % (mask,))
        return length

    def _length_of_mask(self, text):
        return None

    def _key(self):
        return int(self.network_address), int(self.netmask)

    def __str__(self):
        return '%s/%d' % (self.network_address, self.prefixlen)

    @property
    def exploded(self):
        return '%s/%d' % (self.network_address.exploded, self.prefixlen)

    @property
    def with_prefixlen(self):
        return str(self)

    @property
    def with_netmask(self):
        return '%s/%s' % (self.network_address, self.netmask)

    @property
    def with_hostmask(self):
        return '%s/%s' % (self.network_address, self.hostmask)

    @property
    def broadcast_address(self):
        return self._address(int(self.network_address) + self._size - 1)

    @property
    def num_addresses(self):
        return self._size

    def __getitem__(self, index):
        if index >= self._size or index < -self._size:
            raise IndexError('address out of range')
        return self._address(int(self.network_address) + index % self._size)

    def __iter__(self):
        return iter([self[index] for index in range(self._size)])

    def hosts(self):
        spare = self.max_prefixlen - self.prefixlen
        first = 0 if spare < 2 else 1
        last = self._size - (1 if spare > 1 and self.version == 4 else 0)
        return iter([self[index] for index in range(first, last)])

    def __contains__(self, other):
        if self.version != other.version or isinstance(other, _Network):
            return False
        return 0 <= int(other) - int(self.network_address) < self._size

    def overlaps(self, other):
        return (
            other.network_address in self or other.broadcast_address in self
            or self.network_address in other or self.broadcast_address in other)

    def subnet_of(self, other):
        self._comparable(other)
        return self.network_address in other and self.broadcast_address in other

    def supernet_of(self, other):
        return other.subnet_of(self)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        length = self.prefixlen + prefixlen_diff if new_prefix is None else new_prefix
        if self.prefixlen == self.max_prefixlen:
            return iter([self])
        if new_prefix is not None and new_prefix < self.prefixlen:
            raise ValueError('new prefix must be longer')
        if length < self.prefixlen:
            raise ValueError('prefix length diff must be > 0')
        if length > self.max_prefixlen:
            raise ValueError('prefix length diff %d is invalid for netblock %s' % (length, self))
        size = 2 ** (self.max_prefixlen - length)
        start = int(self.network_address)
        return iter([self.__class__((start + index * size, length)) for index in range(self._size // size)])

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        length = self.prefixlen - prefixlen_diff if new_prefix is None else new_prefix
        if self.prefixlen == 0:
            return self
        if new_prefix is not None and new_prefix > self.prefixlen:
            raise ValueError('new prefix must be shorter')
        if length < 0:
            raise ValueError('current prefixlen is %d, cannot have a prefixlen_diff of %d' % (
                self.prefixlen, self.prefixlen - length))
        return self.__class__((int(self.network_address), length), strict=False)

    @property
    def is_loopback(self):
        return self.network_address.is_loopback and self.broadcast_address.is_loopback

    @property
    def is_multicast(self):
        return self.network_address.is_multicast and self.broadcast_address.is_multicast

    @property
    def is_link_local(self):
        return self.network_address.is_link_local and self.broadcast_address.is_link_local


class IPv4Network(_Network):
    version = 4
    max_prefixlen = 32

    def _address(self, address):
        return IPv4Address(address)

    def _length_of_mask(self, text):
        try:
            number = _read_ipv4(text)
        except AddressValueError:
            return None
        for length in range(33):
            if number == 2 ** 32 - 2 ** (32 - length):
                return length
        for length in range(33):
            if number == 2 ** (32 - length) - 1:
                return length
        return None


class IPv6Network(_Network):
    version = 6
    max_prefixlen = 128

    def _address(self, address):
        return IPv6Address(address)


_Network._kind = _Network
`;
