/**
 * Runs VS Code's server and ends it, with all that it started, as soon as whoever started it is gone: however a test
 * run ends (Ctrl+C, a time-out, SIGKILL), the pipe that is our stdin closes with it. Plain JavaScript: Node 20 runs it.
 */
import { pathToFileURL } from 'node:url';

process.stdin.on('close', () => process.kill(-process.pid, 'SIGKILL'));
process.stdin.resume();

process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);
