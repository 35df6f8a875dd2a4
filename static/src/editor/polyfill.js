// Methods the editor library calls that Chromium 86 lacks. The bundler lowers syntax, not
// methods: without findLast (Chrome 97) every edit throws there. Must be the first import.

/** Adds a method as the platform would: not enumerable, and only where it is missing. */
function define(target, name, value) {
  if (!(name in target)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
}

function findLastIndex(test, self) {
  for (let i = this.length - 1; i >= 0; i--) if (test.call(self, this[i], i, this)) return i;
  return -1;
}

function findLast(test, self) {
  const index = findLastIndex.call(this, test, self);
  return index < 0 ? undefined : this[index];
}

function at(index) {
  const i = Math.trunc(index) || 0;
  return this[i < 0 ? this.length + i : i];
}

define(Array.prototype, "findLast", findLast);
define(Array.prototype, "findLastIndex", findLastIndex);
define(Array.prototype, "at", at);
define(String.prototype, "at", at);
define(Object, "hasOwn", (object, key) => Object.prototype.hasOwnProperty.call(object, key));
