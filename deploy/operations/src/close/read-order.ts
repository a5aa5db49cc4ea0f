import { parseArgs } from 'node:util';
import { businessMonth } from '@onepoint/contracts';

/** How the program is called. */
export const USAGE = `npm run close -- YYYYMM [--json]

Settles every merchant of a month and shows how far it has come. The work is done by the billing service:
it goes on if this program ends, and calling it again looks on, or tries again what had a problem.
  --json   print the result as one line of JSON, and nothing else
Environment: OPERATOR_TOKEN, a token with the scope settlement, where doors are closed;
BILLING_URL, where the billing service is (http://127.0.0.1:8084, or the port in BILLING_PORT).
Ends with 0 when all are settled, 1 when some are not, 2 when called wrongly.
`;

/** What is asked for. */
export interface CloseOrder {
  readonly billingMonth: string;
  readonly asJson: boolean;
  readonly billingUrl: string;
  readonly operatorToken: string | null;
}

/** The program was called in a way that it does not understand. */
export class CalledWrongly extends Error {
  override readonly name = 'CalledWrongly';
}

/** Reads the command line and the environment; null: only the usage is wanted. @throws CalledWrongly */
export function readOrder(words: readonly string[], env: NodeJS.ProcessEnv): CloseOrder | null {
  const { values, positionals } = parsed(words);
  if (values.help === true) return null;
  const [month, ...others] = positionals;
  if (month === undefined || others.length > 0) throw new CalledWrongly('name one month, YYYYMM');
  const billingMonth = businessMonth.safeParse(month.replace(/^(\d{4})-(\d{2})$/, '$1$2'));
  if (!billingMonth.success) throw new CalledWrongly(`${month} is no month: write it as YYYYMM`);
  return {
    billingMonth: billingMonth.data,
    asJson: values.json === true,
    billingUrl: billingUrlIn(env),
    operatorToken: env['OPERATOR_TOKEN'] || null,
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new CalledWrongly(error instanceof Error ? error.message : String(error));
  }
}

function billingUrlIn(env: NodeJS.ProcessEnv): string {
  const url = env['BILLING_URL'] || `http://127.0.0.1:${env['BILLING_PORT'] || '8084'}`;
  if (!URL.canParse(url)) throw new CalledWrongly(`BILLING_URL is no address: ${url}`);
  return url.replace(/\/$/, '');
}
