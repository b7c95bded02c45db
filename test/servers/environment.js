const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/** Contexts that Jest has made for its files, none of which is used. */
const unused = new WeakSet();

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) => {
  const isOfJest = unused.has(options?.parsingContext);
  return compileFunction(code, parameters, isOfJest ? { ...options, parsingContext: undefined } : options);
};

/**
 * Node's environment in the process's own context: each file still has modules of its own, but an `Error`, a `Date` or
 * a `Promise` is the one that libraries and Node know, as when the application runs. Only so can files share libraries
 * (see once-per-process.js): those would not take an `Error` of another context for one.
 *
 * What a file sets on `globalThis` stays for the next one: it has to put it back.
 */
module.exports = class OwnContext extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    unused.add(this.context);
    this.global = globalThis;
    const { constructor: FakeTimers } = this.fakeTimersModern;
    this.fakeTimersModern = new FakeTimers({ config: config.projectConfig, global: globalThis });
    globalThis.requireOncePerProcess = require;
  }
};
