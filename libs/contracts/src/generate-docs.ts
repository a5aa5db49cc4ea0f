// Writes docs/events/*.schema.json, docs/asyncapi.json and docs/events.md from the catalogue.
// With --check it writes nothing and exits 1 when any of them is stale.
// A folder may be named to write to instead of docs/.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDrift, writeDocuments } from './documents/sync-documents.ts';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = positionals[0] ?? fileURLToPath(new URL('../../../docs/', import.meta.url));
const { stale, left } = values.check ? findDrift(folder) : writeDocuments(folder);

if (!values.check) {
  process.stdout.write(`documents: ${stale.length} written, ${left.length} removed\n`);
} else if (stale.length + left.length > 0) {
  process.stderr.write(`stale documents: ${[...stale, ...left].join(', ')}\n`);
  process.exitCode = 1;
}
