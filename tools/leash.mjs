// Preloaded into every program that the front door starts. The program has a process group of its own, so whoever
// kills its parent outright (kill -9, a closed terminal) would leave it running: it notices and ends itself cleanly.
const parent = Number(process.env['ONEPOINT_PARENT']);
const checkEveryMs = 1_000;

// Only the program itself is on the leash: its own children are its own business.
delete process.env['ONEPOINT_PARENT'];

if (process.ppid === parent) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, checkEveryMs);
  watch.unref();
}
