/**
 * Libraries are loaded by Node itself, once for all files of a process: to load them anew takes half a second, and what
 * is new runs slowly. Our own modules are new in each file. What runs before there are files is loaded as it is.
 */
module.exports = {
  process: (source, path) => ({
    code: `if (globalThis.requireOncePerProcess) module.exports = globalThis.requireOncePerProcess(${JSON.stringify(path)});
      else (function () {${source}\n}).call(this);`,
  }),
};
