import type { ServiceName } from '@onepoint/contracts';

/** JSON as it came, before anybody has looked at it. */
export type Json = Record<string, unknown>;

/** What a service answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; the text under `text` where it is none. */
  readonly body: Json;
}

/** What a caller sends beside method and path. */
export interface Message {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const ANSWER_MAX_MS = 20_000;

/** The doors of the five services as anybody outside knows them. */
export class Doors {
  constructor(
    readonly urls: Readonly<Record<ServiceName, string>>,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same doors, for a caller who shows a credential. */
  as(credential: string): Doors {
    return new Doors(this.urls, { authorization: `Bearer ${credential}` });
  }

  get(service: ServiceName, path: string): Promise<Answer> {
    return this.ask(service, 'GET', path);
  }

  post(service: ServiceName, path: string, json: unknown): Promise<Answer> {
    return this.ask(service, 'POST', path, { json });
  }

  /** One call. Rejects when no answer came: then nobody knows what happened. */
  async ask(
    service: ServiceName,
    method: string,
    path: string,
    { json, raw, headers = {} }: Message = {},
  ): Promise<Answer> {
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    const isJson = json !== undefined && raw === undefined;
    const response = await fetch(`${this.urls[service]}${path}`, {
      method,
      headers: {
        ...(isJson ? { 'content-type': 'application/json' } : {}),
        ...this.headers,
        ...headers,
      },
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: jsonOf(text) };
  }

  /** Every item of a list, page after page. */
  async all(service: ServiceName, path: string, limit = 200): Promise<Json[]> {
    const items: Json[] = [];
    let cursor: unknown = null;
    do {
      const query = `${path.includes('?') ? '&' : '?'}limit=${limit}`;
      const next = typeof cursor === 'string' ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const answer = await this.get(service, `${path}${query}${next}`);
      if (answer.status !== 200) throw new NotListed(`${path}: ${JSON.stringify(answer.body)}`);
      items.push(...(answer.body['items'] as Json[]));
      cursor = answer.body['nextCursor'];
    } while (cursor !== null);
    return items;
  }
}

/** A list that could not be read. */
export class NotListed extends Error {
  override readonly name = 'NotListed';
}

function jsonOf(text: string): Json {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Json) : { value: parsed };
  } catch {
    return { text };
  }
}
