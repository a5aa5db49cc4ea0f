// Preloaded into a service of the full mode (see child-service.ts): a supervisor that is killed outright
// cannot stop its services any more, so each ends itself when the channel between them breaks.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
