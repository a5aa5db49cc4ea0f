import { createHash, randomBytes } from 'node:crypto';
import { Program } from '../running/program.ts';

const SCOPES = ['members', 'merchants', 'settlement', 'dashboard'] as const;
export type Scope = (typeof SCOPES)[number];

/** Real secrets, made as an operator makes them, and one more operator for each single scope. */
export interface Secrets {
  readonly env: Readonly<Record<string, string>>;
  readonly serviceToken: string;
  /** May do everything that operators may. */
  readonly admin: string;
  readonly operators: Readonly<Record<Scope, string>>;
}

/** The script that makes secrets did not say what it should. */
export class NoSecrets extends Error {
  override readonly name = 'NoSecrets';
}

/** Runs `deploy/make-secrets.mjs` and takes what it wrote. */
export async function makeSecrets(): Promise<Secrets> {
  const script = new Program('deploy/make-secrets.mjs');
  await script.ended;
  const env = Object.fromEntries(
    script.stdout.map((line) => {
      const end = line.indexOf('=');
      return [line.slice(0, end), line.slice(end + 1)];
    }),
  );
  const admin = /operator token of admin \(shown once\): (\S+)/.exec(script.stderr.join('\n'))?.[1];
  const { SERVICE_TOKEN: serviceToken, OPERATOR_TOKENS: adminEntry } = env;
  if (admin === undefined || serviceToken === undefined || adminEntry === undefined) {
    throw new NoSecrets(script.said);
  }
  const operators: Record<string, string> = {};
  const entries = SCOPES.map((scope) => {
    const token = randomBytes(32).toString('base64url');
    operators[scope] = token;
    return `${scope}-only:${createHash('sha256').update(token).digest('hex')}:${scope}`;
  });
  return {
    env: { ...env, OPERATOR_TOKENS: [adminEntry, ...entries].join(',') },
    serviceToken,
    admin,
    operators: operators as Record<Scope, string>,
  };
}
