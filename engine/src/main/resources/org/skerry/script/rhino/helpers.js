// What rewritten functions call (package org.skerry.script.dialect). An expression; runs once for each set of globals that needs it.
(function () {
  'use strict';
  var apply = Reflect.apply;
  var construct = Reflect.construct;
  var define = Object.defineProperty;
  var describe = Object.getOwnPropertyDescriptor;
  var parentOf = Object.getPrototypeOf;
  var setParent = Object.setPrototypeOf;
  var create = Object.create;
  var keysOf = Object.keys;
  var isArray = Array.isArray;

  // They make their objects themselves, whatever they are called on.
  var builtIn = [
    Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError,
    Array, Map, Set, WeakMap, WeakSet, Date, RegExp, String, Number, Boolean, Function,
  ];

  function isObject(value) {
    return value !== null && (typeof value === 'object' || typeof value === 'function');
  }

  function put(target, key, what, isEnumerable) {
    what.configurable = true;
    what.enumerable = isEnumerable;
    define(target, key, what);
  }

  // Private names begin so; what is kept under them is not enumerated.
  function isPrivate(key) {
    return typeof key === 'string' && key.charAt(0) === '#' && key.indexOf(' ') > 0;
  }

  function fill(target, fields) {
    for (var i = 0; i < fields.length; i++) {
      var value = apply(fields[i][1], target, []);
      put(target, fields[i][0], {value: value, writable: true}, !isPrivate(fields[i][0]));
    }
    return target;
  }

  function find(home, key) {
    for (var at = home; isObject(at); at = parentOf(at)) {
      var found = describe(at, key);
      if (found) {
        return found;
      }
    }
    return {};
  }

  function look(home, key, self) {
    var found = find(home, key);
    return found.get ? apply(found.get, self, []) : found.value;
  }

  function callable(value, name) {
    if (typeof value !== 'function') {
      throw new TypeError(String(name) + ' is not a function');
    }
    return value;
  }

  return Object.freeze({
    // f(...arguments), object.key(...arguments), new F(...arguments), super.key(arguments)
    apply: function (f, list) {
      return apply(callable(f, 'what is called'), undefined, list);
    },
    call: function (object, key, list) {
      return apply(callable(object[key], key), object, list);
    },
    make: function (f, list) {
      return construct(callable(f, 'what is constructed'), list);
    },
    send: function (home, key, self, list) {
      return apply(callable(look(home, key, self), key), self, list);
    },
    look: look,
    same: function (value) {
      return value;
    },
    constant: function (name) {
      throw new TypeError('invalid assignment to const "' + name + '"');
    },

    // (a, b, ...c) => …
    rest: function (count, f) {
      return function () {
        var list = [];
        var more = [];
        var i;
        for (i = 0; i < count; i++) {
          list.push(arguments[i]);
        }
        for (i = count; i < arguments.length; i++) {
          more.push(arguments[i]);
        }
        list.push(more);
        return apply(f, this, list);
      };
    },

    // Patterns.
    some: function (value) {
      if (value === undefined || value === null) {
        throw new TypeError(String(value) + ' has no properties');
      }
      return value;
    },
    key: function (key) {
      return typeof key === 'symbol' ? key : String(key);
    },
    without: function (value, keys) {
      var rest = {};
      var names = keys.map(function (key) {
        return typeof key === 'symbol' ? key : String(key);
      });
      keysOf(Object(value)).forEach(function (key) {
        if (names.indexOf(key) < 0) {
          rest[key] = value[key];
        }
      });
      return rest;
    },
    list: function (value, most) {
      if (isArray(value)) {
        return value;
      }
      var all = [];
      if (most > 0) {
        for (var item of value) {
          all.push(item);
          if (all.length >= most) {
            break;
          }
        }
      }
      return all;
    },

    // Classes.
    inherit: function (type, parent) {
      if (parent !== null && typeof parent !== 'function') {
        throw new TypeError('class extends value ' + String(parent) + ', which is not a constructor');
      }
      type.prototype = create(parent === null ? null : parent.prototype, {
        constructor: {value: type, writable: true, configurable: true},
      });
      if (parent !== null) {
        setParent(type, parent);
      }
    },
    begin: function (self, type, fields) {
      if (!(self instanceof type)) {
        throw new TypeError("class constructors must be invoked with 'new'");
      }
      fill(self, fields);
    },
    construct: function (parent, list, fresh, fields) {
      var made;
      if (builtIn.indexOf(parent) >= 0) {
        made = setParent(construct(parent, list), parentOf(fresh));
      } else {
        made = apply(callable(parent, 'super'), fresh, list);
      }
      return fill(isObject(made) ? made : fresh, fields);
    },
    made: function (self, returned) {
      if (isObject(returned)) {
        return returned;
      }
      if (self === undefined) {
        throw new ReferenceError("super() must be called before 'this' is used or returned");
      }
      return self;
    },
    target: function (fresh) {
      return parentOf(fresh).constructor;
    },
    fill: fill,
    method: function (target, key, f) {
      put(target, key, {value: f, writable: true}, false);
    },
    getter: function (target, key, f) {
      put(target, key, {get: f, set: (describe(target, key) || {}).set}, false);
    },
    setter: function (target, key, f) {
      put(target, key, {set: f, get: (describe(target, key) || {}).get}, false);
    },
  });
})()
