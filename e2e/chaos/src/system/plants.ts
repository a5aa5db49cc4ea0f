import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A bug that is planted into a copy of the compiled programs, to show that the oracle bites. */
export interface Plant {
  readonly what: string;
  /** Promises of which at least one must be found broken. */
  readonly breaks: readonly string[];
  /** Faults under which it shows. */
  readonly faults: readonly string[];
  readonly edits: readonly Edit[];
}

/** What is to be found once in a compiled file, as loosely as can be, and what stands there then. */
interface Edit {
  readonly file: string;
  readonly from: RegExp;
  /** May name groups of the pattern: `$1`. */
  readonly to: string;
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
        from: /change\.kind === 'use' && account\.balance < change\.point/g,
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
        file: 'apps/point/dist/domain/plan-reversals.js',
        from: /standing\.outcome !== 'applied' \|\| this\.reversed\.has\([\w.]+\)/g,
        to: 'true',
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
        from: /this\.database\.(\w+)\(((?:async )?\((\w+)\) => recordBatch\(\3, )this\.outbox(, [^()]*\)(?:, [^()]*)?)\)/g,
        to: `(async () => {
          const late = [];
          const outbox = { append: async (_tx, events) => void late.push(...events) };
          const results = await this.database.$1($2(late.length = 0, outbox)$4);
          if (late.length > 0) await this.database.$1((tx) => this.outbox.append(tx, late));
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
        from: /\bsession\.acks\.settle\(raw\);/g,
        to: 'void 0;',
      },
      {
        file: 'node_modules/@onepoint/messaging/dist/rabbit/rabbit-reader.js',
        from: /const \w+ = (?:readMessage|eventsOf)\(raw\b[^;]*\);/g,
        to: '$& session.acks.settle(raw);',
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
        from: /export (?:async )?function readOverlooked\((.*)\) \{/g,
        to: '$& if (arguments.length > 0) return Promise.resolve([]);',
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
        from: /(?:await )?claimKeys\w*\(\w+, claims, \w+\);/g,
        to: 'void 0;',
      },
      {
        file: 'apps/deal/dist/persistence/record-uses.js',
        from: /(?:await )?claimKeys\w*\(\w+, claims, \w+\);/g,
        to: 'void 0;',
      },
    ],
  },
};

/** Plants one bug into the copied programs. Throws {@link CannotPlant}, as {@link checkPlants} does. */
export function plantBug(programs: string, name: string): Plant {
  const plant = plantOf(name);
  for (const [path, text] of editedFiles(programs, name)) writeFileSync(path, text);
  return plant;
}

/** Throws {@link CannotPlant} when what one of them changes is not there exactly once. */
export function checkPlants(programs: string, names: readonly string[]): void {
  const reasons = names.flatMap((name) => {
    try {
      editedFiles(programs, name);
      return [];
    } catch (error) {
      if (!(error instanceof CannotPlant)) throw error;
      return [error.message];
    }
  });
  if (reasons.length > 0) throw new CannotPlant(reasons.join('\n'));
}

function plantOf(name: string): Plant {
  const plant = PLANTS[name];
  if (plant !== undefined) return plant;
  throw new CannotPlant(`there is no plant ${name}; there are ${Object.keys(PLANTS).join(', ')}`);
}

/** The files as they are with the bug. */
function editedFiles(programs: string, name: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { file, from, to } of plantOf(name).edits) {
    const path = join(programs, file);
    const text = files.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : '');
    const found = text.match(from)?.length ?? 0;
    if (found !== 1) throw new CannotPlant(`${name}: found ${found} times in ${file}: ${from}`);
    files.set(path, text.replace(from, to));
  }
  return files;
}
