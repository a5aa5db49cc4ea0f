// `npm run migrate`: brings the five databases up to date, one service after the other; stops at the first that fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { services } from './fences/layout.mjs';
import { root } from './install.mjs';

for (const service of services) {
  const program = join(root, 'apps', service, 'dist/migrate.js');
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) continue;
  process.stderr.write(`${service} was not migrated\n`);
  process.exitCode = status ?? 1;
  break;
}
