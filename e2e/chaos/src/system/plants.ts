import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A bug that is planted into a copy of the compiled programs, to show that the oracle bites. */
export interface Plant {
  readonly what: string;
  /** Promises of which at least one must be found broken. */
  readonly breaks: readonly string[];
  /** Faults under which it shows. */
  readonly faults: readonly string[];
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

/** There is no such plant, or the program has changed so that it cannot be planted any more. */
export class CannotPlant extends Error {
  override readonly name = 'CannotPlant';
}

const LOST_DEBITS = ['drop-point-answers', 'cut-point-answers', 'kill-deal', 'freeze-point'];

/** Every plant by its name. */
export const PLANTS: Readonly<Record<string, Plant>> = {
  'no-balance-check': {
    what: 'Point lets a use take more than there is',
    breaks: ['P1'],
    faults: [],
    edits: [
      {
        file: 'apps/point/dist/domain/decide-change.js',
        from: "change.kind === 'use' && account.balance < change.point",
        to: 'false',
      },
    ],
  },
  'no-reversal': {
    what: 'Point does not undo the debit of a use that Deal gave up',
    breaks: ['P2'],
    faults: LOST_DEBITS,
    edits: [
      {
        file: 'apps/point/dist/messaging/on-deal.js',
        from: "if (data.type !== 'use' || data.debit !== 'unknown')",
        to: 'if (data.dealId > 0)',
      },
    ],
  },
  'outbox-after-commit': {
    what: 'Deal writes its events after the transaction instead of in it',
    breaks: ['P2', 'P4'],
    faults: ['kill-deal', 'kill-mariadb', 'cut-database-answers', 'black-hole-database'],
    edits: [
      {
        file: 'apps/deal/dist/persistence/stored-deal-book.js',
        from: 'this.database.transaction((tx) => recordBatch(tx, this.outbox, requests, now))',
        to: `(async () => {
          const late = [];
          const results = await this.database.transaction((tx) => {
            late.length = 0;
            const outbox = { append: async (_tx, events) => void late.push(...events) };
            return recordBatch(tx, outbox, requests, now);
          });
          if (late.length > 0) await this.database.transaction((tx) => this.outbox.append(tx, late));
          return results;
        })()`,
      },
    ],
  },
  'acknowledge-first': {
    what: 'messages are acknowledged before they are handled',
    breaks: ['P2', 'P4', 'P5'],
    faults: ['kill-point', 'kill-billing', 'kill-dashboard'],
    edits: [
      {
        file: 'node_modules/@onepoint/messaging/dist/rabbit/rabbit-reader.js',
        from: 'session.acks.settle(raw);',
        to: '',
      },
      {
        file: 'node_modules/@onepoint/messaging/dist/rabbit/rabbit-reader.js',
        from: 'const message = readMessage(raw);',
        to: 'const message = readMessage(raw); session.acks.settle(raw);',
      },
    ],
  },
  'outbox-cursor': {
    what: 'the relay remembers the last id it saw instead of asking what is unsent',
    breaks: ['P2', 'P4', 'P5'],
    faults: ['kill-deal', 'kill-point', 'kill-member', 'kill-rabbitmq'],
    edits: [
      {
        file: 'node_modules/@onepoint/messaging/dist/relay/read-unsent.js',
        from: 'export function readOverlooked(db, known) {',
        to: 'export function readOverlooked(db, known) { if (known !== null) return Promise.resolve([]);',
      },
    ],
  },
  'keys-forgotten': {
    what: 'Deal does not keep Idempotency-Keys',
    breaks: ['P3'],
    faults: ['freeze-deal', 'kill-deal'],
    edits: [
      {
        file: 'apps/deal/dist/persistence/record-batch.js',
        from: 'await claimKeys(tx, claims, now);',
        to: 'await null;',
      },
    ],
  },
};

/** Plants one bug into the copied programs. Refuses when a line is not there exactly once. */
export function plantBug(programs: string, name: string): Plant {
  const plant = PLANTS[name];
  if (plant === undefined) {
    throw new CannotPlant(`there is no plant ${name}; there are ${Object.keys(PLANTS).join(', ')}`);
  }
  for (const { file, from, to } of plant.edits) {
    const path = join(programs, file);
    const text = readFileSync(path, 'utf8');
    const found = text.split(from).length - 1;
    if (found !== 1) throw new CannotPlant(`${name}: found ${found} times in ${file}: ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return plant;
}
