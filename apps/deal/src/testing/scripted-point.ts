import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the scripted Point does with a request. */
export type PointManner =
  | 'answers'
  | 'fails' // 500
  | 'hangs'
  | 'cuts-before-effect'
  | 'cuts-after-effect'
  | 'talks-nonsense'
  | 'answers-without-end'
  | 'decides-nothing';

/** One change as it arrived. */
export interface AskedChange {
  readonly dealId: number;
  readonly memberId: number;
  readonly kind: 'save' | 'use' | 'saveCancel' | 'useCancel';
  readonly point: number;
  readonly originalDealId?: number;
}

type Answer = { dealId: number; outcome: string; reason: string | null; balance: number };

/** Point as seen from Deal: a ledger in memory behind a real socket, with whatever manners a test needs. */
export class ScriptedPoint {
  manner: PointManner = 'answers';
  /** Milliseconds before a request is looked at. */
  delayMs = 0;
  readonly balances = new Map<number, number>();
  readonly asked: AskedChange[] = [];
  /** Changes in each request, in their order. */
  readonly batches: number[] = [];
  readonly tokens: (string | undefined)[] = [];
  readonly #ledger = new Map<number, Answer>();
  #server: Server | null = null;
  #port = 0;

  /** Listens, on the same port as before. */
  async start(): Promise<string> {
    this.#server = createServer((request, response) => void this.#take(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** From now on connections are refused. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  /** Whether anything about this deal ever arrived. */
  wasAsked(dealId: number): boolean {
    return this.asked.some((change) => change.dealId === dealId);
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { changes } = JSON.parse(await text(request)) as { changes: AskedChange[] };
    this.tokens.push(request.headers.authorization);
    this.batches.push(changes.length);
    this.asked.push(...changes);
    const { manner } = this;
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    switch (manner) {
      case 'hangs':
        return;
      case 'cuts-before-effect':
        return void request.socket.destroy();
      case 'cuts-after-effect':
        changes.forEach((change) => this.#decide(change));
        return void request.socket.destroy();
      case 'fails':
        return send(response, 500, { code: 'INTERNAL_ERROR' });
      case 'talks-nonsense':
        return send(response, 200, { answers: 'yes' });
      case 'answers-without-end':
        return talkOn(response);
      case 'decides-nothing':
        return send(response, 200, {
          answers: changes.map(({ dealId }) => ({ dealId, outcome: 'undecided' })),
        });
      case 'answers':
        return send(response, 200, { answers: changes.map((change) => this.#decide(change)) });
      default:
        return manner satisfies never;
    }
  }

  #decide({ dealId, memberId, kind, point }: AskedChange): Answer {
    const known = this.#ledger.get(dealId);
    if (known) return known;
    const balance = this.balances.get(memberId);
    const answer = ((): Answer => {
      if (balance === undefined) {
        const outcome = kind === 'use' ? 'refused' : 'waiting';
        return { dealId, outcome, reason: 'MEMBER_UNKNOWN', balance: 0 };
      }
      if (kind === 'use' && balance < point) {
        return { dealId, outcome: 'refused', reason: 'INSUFFICIENT_POINTS', balance };
      }
      const moved = kind === 'save' || kind === 'useCancel' ? point : -point;
      this.balances.set(memberId, balance + moved);
      return { dealId, outcome: 'applied', reason: null, balance: balance + moved };
    })();
    if (answer.outcome !== 'waiting') this.#ledger.set(dealId, answer);
    return answer;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Until nobody listens any more. */
function talkOn(response: ServerResponse): void {
  if (response.destroyed) return;
  response.write(' '.repeat(256 * 1024), () => setImmediate(talkOn, response));
}
