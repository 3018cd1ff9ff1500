/**
 * Stands in for `@vscode/spdlog`, a native module that would have to be compiled. It keeps VS Code's logs on disk, so
 * that a test can read them: that an extension was activated, that no recorded text was logged.
 */
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    mkdirSync(dirname(file), { recursive: true });
  }
  setLevel(level) {
    this.level = level;
  }
  getLevel() {
    return this.level;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {}
}

for (const [level, name] of LEVELS.entries()) {
  Logger.prototype[name] = function (message) {
    if (level < this.level) return;
    try {
      appendFileSync(this.file, this.raw ? message : `${new Date().toISOString()} [${name}] ${message}\n`);
    } catch {
      // The test has removed the folder already.
    }
  };
}

const create = async (name, file) => new Logger('rotating', name, file);

// One by one: VS Code imports it as an ES module, for which Node finds only exports that are written out.
exports.version = 'stand-in';
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
exports.Logger = Logger;
